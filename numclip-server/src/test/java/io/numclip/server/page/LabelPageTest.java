package io.numclip.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.server.label.LabelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page for labelling in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("ci")
class LabelPageTest {

    private Browser browser;
    private LabelFolder labels;

    @BeforeAll
    void openBrowser() {
        browser = Browser.open();
    }

    @AfterAll
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void begin(@TempDir Path folder) throws IOException {
        labels = new LabelFolder(folder, "anna");
        browser.screen(1280, 900).light().go(labels.address());
        browser.await("#progress", "0 numbers");
    }

    @AfterEach
    void end() throws IOException {
        labels.close();
    }

    @Test
    void aNumberIsGivenWithKeysAlone() throws IOException {
        browser.press("3", ".", "5", Keys.ENTER);
        browser.await("#progress", "1 number,");
        browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ENTER);
        browser.await("#progress", "2 numbers");
        browser.press("w", "w");
        browser.await("#progress", "3 numbers");
        browser.press("x");
        browser.press("s");

        browser.await("#verdict", "3 pictures of 30 have numbers; 26 are left");
        assertThat(values()).containsExactlyInAnyOrder("3.5", "5", "4");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aNumberIsGivenWithTheMouse() throws IOException {
        browser.find("#concepts button:last-child").click();
        browser.find("#number-form button[type=submit]").click();
        browser.await("#progress", "1 number,");

        assertThat(values()).containsExactly("8");
        assertThat(browser.find("#undo").isEnabled()).isTrue();
        browser.find("#undo").click();
        browser.await("#progress", "0 numbers");
        assertThat(values()).isEmpty();
    }

    @Test
    void aSliderMovesTheNumber() throws IOException {
        browser.script("""
            const slider = document.querySelector('#slider');
            slider.value = 6;
            slider.dispatchEvent(new Event('input'));
            """);
        browser.find("#number-form button[type=submit]").click();
        browser.await("#progress", "1 number,");

        assertThat(values()).containsExactly("6");
    }

    @Test
    void whatIsNoNumberOfTheScaleIsNotSent() throws IOException {
        browser.press("9", "9", Keys.ENTER);

        browser.await("#notes", "A number from 0 to 8 is expected.");
        assertThat(values()).isEmpty();
    }

    @Test
    void twoAreComparedWithKeysAndThePointer() throws IOException {
        browser.press("c");
        browser.await("#title", "Which is closer to “overripe”?");
        browser.awaitCount("#pictures figure", 2);
        browser.press(Keys.ARROW_LEFT);
        browser.await("#progress", "1 comparison");
        browser.press("=");
        browser.await("#progress", "2 comparisons");
        browser.find("[data-said=right]").click();
        browser.await("#progress", "3 comparisons");
        browser.press("z");
        browser.await("#progress", "2 comparisons");

        List<String> pairs = Files.readAllLines(labels.list().resolveSibling("labels.pairs.csv"));
        assertThat(pairs).hasSize(3);
        assertThat(pairs.get(1)).endsWith(",image,anna");
        assertThat(pairs.get(2)).endsWith(",equal,anna");
    }

    @Test
    void singleKeysCanBeSwitchedOff() throws IOException {
        browser.find("#keys").click();
        browser.press("w", "w", "x");

        assertThat(Files.readAllLines(labels.answers())).hasSize(1);
    }

    @Test
    void aServerThatIsGoneIsSaid() throws IOException {
        labels.close();
        browser.press("w", "w");

        browser.await("#notes", "The server does not answer. Start it again with the same command, then try again.");
        browser.await("#notes button", "Try again");
    }

    @ParameterizedTest
    @CsvSource({
        "1280, false, ''",
        "1280, true, #compare",
        "390, false, ''",
        "390, true, ''",
        "390, false, #compare",
        "320, false, ''"
    })
    void itFitsTheScreenAndIsAccessible(int width, boolean dark, String mode) throws IOException {
        browser.screen(width, 844);
        if (dark) {
            browser.dark();
        }
        browser.go("about:blank").go(labels.address() + mode);
        browser.awaitCount("#pictures figure", mode.isEmpty() ? 1 : 2);
        browser.press("w");

        assertThat(browser.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0L);
        assertThat(new Accessibility(browser).violations()).isEmpty();
    }

    private List<String> values() throws IOException {
        return Files.readAllLines(labels.list()).stream()
                .skip(1)
                .map(row -> row.split(",")[1])
                .toList();
    }
}
