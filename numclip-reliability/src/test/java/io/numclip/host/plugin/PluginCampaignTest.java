package io.numclip.host.plugin;

import static io.numclip.testing.PluginJarBuilder.taskPlugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.reliability.Campaign;
import io.numclip.testing.TestTaskSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins are swapped while they are loaded, and loaded and dropped many times. */
@Tag("campaign")
class PluginCampaignTest {

    private static final long MOST_METASPACE = 2 << 20;
    private static final int WARM_UP = 5;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    @TempDir
    Path root;

    private TestingPlugins plugins;

    @BeforeEach
    void putPlugin() {
        plugins = new TestingPlugins(root);
        plugins.put("good.jar", taskPlugin("good"));
    }

    @Test
    void noUntrustedByteRunsWhenFilesAreSwapped() throws Exception {
        String canary = TestTaskSource.canary("evil");
        System.clearProperty(canary);
        Path good = Files.copy(plugins.file("good.jar"), root.resolve("good"));
        Path evil = plugins.putUntrusted("evil.jar", taskPlugin("evil"));
        Files.move(evil, root.resolve("evil"));
        int races = Campaign.size(1_000, 10_000);
        int refused = 0;
        try (Swapper swapper = new Swapper(good, root.resolve("evil"))) {
            for (int race = 0; race < races; race++) {
                PluginCatalog catalog = plugins.load();
                refused += catalog.refusals().size();
                assertThat(System.getProperty(canary)).as("race %s", race).isNull();
            }
            assertThat(swapper.isAlive()).isTrue();
        }
        assertThat(refused).as("both files were met").isBetween(1, races - 1);
        Campaign.figure("G9", "swap races", races);
        Campaign.figure("G9", "of them refused", refused);
        Campaign.figure("G9", "untrusted code ran", 0);
        plugins.trust(Files.copy(root.resolve("evil"), plugins.file("evil.jar"), StandardCopyOption.REPLACE_EXISTING));
        plugins.load();
        assertThat(System.getProperty(canary))
                .as("the canary sings once it is trusted")
                .isNotNull();
    }

    /** The check would see a host that takes the hash of a file and then opens the file again: a planted one. */
    @Test
    void aHostThatOpensTheFileAgainIsNoticed() throws Exception {
        String canary = TestTaskSource.canary("swapped");
        System.clearProperty(canary);
        Path good = Files.copy(plugins.file("good.jar"), root.resolve("good"));
        Path evil = plugins.putUntrusted("swapped.jar", taskPlugin("swapped"));
        Files.move(evil, root.resolve("swapped"));
        String trusted = PluginFile.read(good).sha256();
        long end = System.nanoTime() + PATIENCE_NANOS;
        try (Swapper swapper = new Swapper(good, root.resolve("swapped"))) {
            while (System.getProperty(canary) == null && swapper.isAlive()) {
                assertThat(System.nanoTime()).as("no untrusted code ran").isLessThan(end);
                if (PluginFile.read(plugins.file("good.jar")).sha256().equals(trusted)) {
                    openedAgain(plugins.file("good.jar"), "swapped");
                }
            }
        }
        assertThat(System.getProperty(canary)).isNotNull();
    }

    private static void openedAgain(Path file, String type) throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {file.toUri().toURL()}, PluginCampaignTest.class.getClassLoader())) {
            Class.forName(TestTaskSource.factoryClass(type), true, loader);
        } catch (ClassNotFoundException e) {
            return; // it was the trusted one
        }
    }

    /** Swaps two files for each other, under the name of the plugin, as fast as it can. */
    private final class Swapper implements AutoCloseable {

        private final AtomicBoolean end = new AtomicBoolean();
        private final Thread thread;

        Swapper(Path... files) {
            thread = new Thread(() -> swap(files));
            thread.start();
        }

        private void swap(Path... files) {
            try {
                for (int i = 0; !end.get(); i++) {
                    Path copy = Files.copy(files[i % 2], root.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
                    Files.move(copy, plugins.file("good.jar"), StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean isAlive() {
            return thread.isAlive();
        }

        @Override
        public void close() {
            end.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void whatIsDroppedIsCollected() {
        int times = Campaign.size(20, 200);
        for (int i = 0; i < WARM_UP; i++) {
            loaded();
        }
        awaitCleared(loaded(), PATIENCE_NANOS);
        long before = metaspace();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            loaders.add(loaded());
        }
        loaders.forEach(loader -> awaitCleared(loader, PATIENCE_NANOS));
        long grown = metaspace() - before;
        Campaign.figure("G10", "class loaders collected", times);
        Campaign.figure("G10", "bytes of metaspace more", grown);
        assertThat(grown).isLessThan(MOST_METASPACE);
    }

    /** The check would see a plugin of which something is kept: a planted keeper. */
    @Test
    void whatIsKeptIsNoticed() {
        PluginCatalog kept = plugins.load();
        assertThatThrownBy(() -> awaitCleared(loaderOf(kept), PATIENCE_NANOS / 10))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("something holds");
        assertThat(kept.refusals()).isEmpty();
    }

    private WeakReference<ClassLoader> loaded() {
        return loaderOf(plugins.load());
    }

    private WeakReference<ClassLoader> loaderOf(PluginCatalog catalog) {
        ClassLoader loader = catalog.components().stream()
                .map(component -> component.factory().getClass().getClassLoader())
                .filter(any -> any != getClass().getClassLoader())
                .findFirst()
                .orElseThrow();
        return new WeakReference<>(loader);
    }

    private static void awaitCleared(WeakReference<?> reference, long patience) {
        long end = System.nanoTime() + patience;
        while (reference.get() != null) {
            System.gc();
            assertThat(System.nanoTime())
                    .as("something holds %s", reference.get())
                    .isLessThan(end);
        }
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
