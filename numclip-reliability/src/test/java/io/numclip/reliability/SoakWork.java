package io.numclip.reliability;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.data.Prediction;
import io.numclip.host.NumClip;
import io.numclip.host.Offline;
import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.command.NumClipCommand;
import io.numclip.runner.terminal.Services;
import io.numclip.storage.AtomicFolder;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What {@link Soak} repeats, in a folder with the task {@code task} and the trained run {@code run}. */
enum SoakWork {
    /** A prediction of the Java interface. */
    PREDICTION {
        @Override
        Soak.Repeated in(Path folder) {
            NumClip model = NumClip.open(folder.resolve("run"));
            return new Soak.Repeated() {
                @Override
                public void one(int i) {
                    checked(model.predict(image(folder, i)));
                }

                @Override
                public void close() {
                    model.close();
                }
            };
        }
    },

    /** Predictions for all images, read ahead by several threads, as the command {@code predict} makes them. */
    PREDICTIONS {
        @Override
        Soak.Repeated in(Path folder) {
            NumClip model = NumClip.open(folder.resolve("run"));
            List<Path> images = IntStream.range(0, SmallTask.IMAGES)
                    .mapToObj(i -> image(folder, i))
                    .toList();
            return new Soak.Repeated() {
                @Override
                public void one(int i) throws IOException {
                    model.predict(images, (index, prediction) -> checked(prediction));
                }

                @Override
                public void close() {
                    model.close();
                }
            };
        }
    },

    /** A request to a server in the same process; one in twenty has no image in it. */
    SERVED {
        @Override
        Soak.Repeated in(Path folder) {
            ServedModels served = ServedModels.of(folder.resolve("run"));
            return new Soak.Repeated() {
                @Override
                public void one(int i) throws Exception {
                    boolean bad = i % 20 == 0;
                    served.predict(bad ? new byte[] {1, 2, 3} : Files.readAllBytes(image(folder, i)), bad ? 422 : 200);
                }

                @Override
                public void close() throws IOException {
                    served.close();
                }
            };
        }
    },

    /** The whole command {@code predict} for one image: the model is opened and closed. */
    PREDICT {
        @Override
        Soak.Repeated in(Path folder) {
            return i -> command(List.of(
                    "predict",
                    folder.resolve("run").toString(),
                    image(folder, i).toString(),
                    "--format",
                    "csv"));
        }
    },

    /** A whole training, from the list of images to the report. */
    TRAIN {
        @Override
        Soak.Repeated in(Path folder) {
            return i -> {
                Path run = folder.resolve("run-of-soak");
                command(SmallTask.train(folder.resolve("task"), run, "training.epochs=1"));
                AtomicFolder.delete(run);
            };
        }
    },

    /** A planted fault: an array that is never closed. */
    LEAKS_ARRAYS {
        @Override
        Soak.Repeated in(Path folder) {
            NDManager manager = manager();
            return i -> manager.create(i);
        }
    },

    /** A planted fault: native memory that nobody can free any more. */
    LEAKS_MEMORY {
        @Override
        Soak.Repeated in(Path folder) {
            NDManager manager = manager();
            return i -> manager.ones(new Shape(SIZE)).detach();
        }
    },

    /** A planted fault: objects that a list keeps. */
    LEAKS_OBJECTS {
        @Override
        Soak.Repeated in(Path folder) {
            List<byte[]> kept = new ArrayList<>();
            return i -> kept.add(new byte[SIZE]);
        }
    },

    /** A planted fault: files that are not closed. */
    LEAKS_DESCRIPTORS {
        @Override
        Soak.Repeated in(Path folder) {
            List<AutoCloseable> open = new ArrayList<>();
            return i -> {
                if (i % RARELY == 0) {
                    open.add(Files.newByteChannel(image(folder, i)));
                }
            };
        }
    },

    /** A planted fault: threads that do not end. */
    LEAKS_THREADS {
        @Override
        Soak.Repeated in(Path folder) {
            return i -> {
                if (i % RARELY == 0) {
                    new Thread(SoakWork::forever).start();
                }
            };
        }
    },

    /** A planted fault: temporary files that stay. */
    LEAKS_FILES {
        @Override
        Soak.Repeated in(Path folder) {
            return i -> {
                if (i % RARELY == 0) {
                    Files.createTempFile("leak", null);
                }
            };
        }
    };

    private static final int SIZE = 10_000;
    private static final int RARELY = 200;

    abstract Soak.Repeated in(Path folder);

    private static Path image(Path folder, int i) {
        return folder.resolve("task").resolve(i % SmallTask.IMAGES + ".png");
    }

    private static void checked(Prediction prediction) {
        if (prediction.isFailed() || !Double.isFinite(prediction.value())) {
            throw new AssertionError(prediction);
        }
    }

    private static NDManager manager() {
        Offline.ensure();
        return NDManager.newBaseManager();
    }

    /** In this process. */
    private static void command(List<String> words) {
        StringWriter said = new StringWriter();
        Console console = new Console(said, said, false);
        String[] arguments = words.toArray(String[]::new);
        int code = NumClipCommand.commandLine(new Services(console, PluginFolders.fromSystemProperties()), arguments)
                .execute(arguments);
        if (code != 0) {
            throw new AssertionError(code + ": " + said);
        }
    }

    private static void forever() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            return;
        }
    }
}
