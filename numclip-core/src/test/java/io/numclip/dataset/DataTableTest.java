package io.numclip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabelScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataTableTest {

    @TempDir
    Path folder;

    private ImageListing listing;
    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void newListing() {
        listing = new ImageListing(TaskData.of("x", ""), new LabelScale(0, 9, "points"), "list", folder);
    }

    @Test
    void columnsAreFoundByName() throws IOException {
        Path file = Files.writeString(folder.resolve("l.tsv"), "\uFEFFid\t age\r\na\t4.5\r\n");

        DataTable.withHeader(file, '\t', List.of("age"), listing, row -> read.add(row.text("id") + row.number("age")));

        assertThat(read).containsExactly("a4.5");
        listing.finish();
    }

    @Test
    void aMissingColumnIsAnErrorWithTheNearestName() throws IOException {
        Path file = Files.writeString(folder.resolve("l.csv"), "id,Age\na,4\n");

        assertThatThrownBy(() -> DataTable.withHeader(file, ',', List.of("age"), listing, row -> {}))
                .hasMessage(file + ":1: no column 'age'. Did you mean 'Age'? Columns found: id, Age.");
        assertThatThrownBy(() -> DataTable.withoutHeader(folder.resolve("none"), listing, row -> {}))
                .hasMessage(folder.resolve("none") + ": no such file");
    }

    @Test
    void badRowsNameTheirLine() throws IOException {
        Path file = Files.writeString(folder.resolve("l.txt"), "a 1\n\nb\t x \nc\n");

        DataTable.withoutHeader(file, listing, row -> read.add(row.text(0) + row.number(1)));

        assertThat(read).containsExactly("a1.0");
        assertThatThrownBy(() -> listing.finish())
                .hasMessageContainingAll(
                        file + ":3: field 2: 'x' is not a number", file + ":4: expected at least 2 fields, found 1");
    }

    @Test
    void aListInAnotherEncodingIsRefusedByItsName() throws IOException {
        Path file = Files.write(folder.resolve("l.txt"), new byte[] {(byte) 0xe9, ' ', '1'});

        assertThatThrownBy(() -> DataTable.withoutHeader(file, listing, row -> {}))
                .hasMessage(file + ": the file is not UTF-8 text");
    }
}
