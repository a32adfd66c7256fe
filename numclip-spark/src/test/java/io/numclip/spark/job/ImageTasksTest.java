package io.numclip.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTasksTest {

    @Test
    void tasksAreEverSmallerAtTheEnd() {
        assertThat(ImageTasks.sizes(1000, 2))
                .containsExactly(128, 128, 128, 128, 122, 92, 69, 52, 39, 29, 22, 16, 16, 16, 15);
    }

    @ParameterizedTest
    @CsvSource({"1,8,1", "3,2,3", "16,1,16", "100000,16,256", "100000000,1,256"})
    void theFirstTaskIsNoLargerThanThat(int images, int slots, int first) {
        List<Integer> sizes = ImageTasks.sizes(images, slots);
        assertThat(sizes.get(0)).isEqualTo(first);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(images);
    }

    @Test
    void nothingIsNoTask() {
        assertThat(ImageTasks.sizes(0, 2)).isEmpty();
        assertThat(ImageTasks.of(List.of(), 2)).isEmpty();
    }

    @Test
    void eachFileIsInOneTaskAndLargeOnesAreInAll() {
        List<InputFile> files =
                IntStream.range(0, 1000).mapToObj(ImageTasksTest::file).toList();
        List<List<InputFile>> tasks = ImageTasks.of(files, 2);
        assertThat(tasks.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(files);
        assertThat(tasks)
                .allSatisfy(task -> assertThat(task.stream()
                                .mapToLong(InputFile::length)
                                .average()
                                .orElseThrow())
                        .isBetween(440.0, 560.0));
    }

    private static InputFile file(int i) {
        return new InputFile("" + i, i, 0);
    }
}
