package io.numclip.host.plugin;

import static io.numclip.testing.PluginJarBuilder.taskPlugin;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.reliability.Campaign;
import io.numclip.testing.TestTaskSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
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
        AtomicBoolean end = new AtomicBoolean();
        Thread swapper = new Thread(() -> swap(List.of(good, root.resolve("evil")), end));
        swapper.start();
        int races = Campaign.size(1_000, 10_000);
        int refused = 0;
        for (int race = 0; race < races; race++) {
            PluginCatalog catalog = plugins.load();
            refused += catalog.refusals().size();
            assertThat(System.getProperty(canary)).as("race %s", race).isNull();
        }
        end.set(true);
        swapper.join();
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

    private void swap(List<Path> files, AtomicBoolean end) {
        try {
            for (int i = 0; !end.get(); i++) {
                Path copy = Files.copy(files.get(i % 2), root.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
                Files.move(copy, plugins.file("good.jar"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsDroppedIsCollected() {
        int times = Campaign.size(20, 200);
        for (int i = 0; i < WARM_UP; i++) {
            loaded();
        }
        awaitCleared(loaded());
        long before = metaspace();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            loaders.add(loaded());
        }
        loaders.forEach(PluginCampaignTest::awaitCleared);
        long grown = metaspace() - before;
        Campaign.figure("G10", "class loaders collected", times);
        Campaign.figure("G10", "bytes of metaspace more", grown);
        assertThat(grown).isLessThan(MOST_METASPACE);
    }

    private WeakReference<ClassLoader> loaded() {
        PluginCatalog catalog = plugins.load();
        ClassLoader loader = catalog.components().stream()
                .map(component -> component.factory().getClass().getClassLoader())
                .filter(any -> any != getClass().getClassLoader())
                .findFirst()
                .orElseThrow();
        return new WeakReference<>(loader);
    }

    private static void awaitCleared(WeakReference<?> reference) {
        long end = System.nanoTime() + 10_000_000_000L;
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
