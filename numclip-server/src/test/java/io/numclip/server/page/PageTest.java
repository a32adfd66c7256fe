package io.numclip.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.host.assembly.RegionSearch;
import io.numclip.server.page.Browser.Dropped;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
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

/** The page in a real browser, against answers that are known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("ci")
class PageTest {

    private Browser browser;
    private PageServer server;

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
    void startServer() {
        server = PageServer.of(PageScoring.calibrated("age"));
        browser.screen(1280, 900).light().go(server.address());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void aDroppedPictureShowsItsNumberWithItsInterval() {
        browser.drop(picture("age-34.png"));

        browser.await(".card", "34.0 years");
        browser.await(".card", "29.0 to 39.0 (90 %)");
        browser.await(".card", "adult 50 %");
        browser.await(".card", "In 90 % of cases: adult or older adult");
        browser.await("#status", "1 picture");
        assertThat(server.scoring.read).hasValue(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aPictureCanBeChosen(@TempDir Path folder) throws IOException {
        Path file =
                Files.write(folder.resolve("age-7.png"), picture("age-7.png").content());

        browser.find("#pick").sendKeys(file.toString());

        browser.await(".card", "7.0 years");
    }

    @Test
    void aPictureCanBePasted() {
        browser.paste(picture("age-7.png"));

        browser.await(".card", "7.0 years");
    }

    @Test
    void aTextFileIsRefusedKindlyAndNotSent() {
        browser.drop(new Dropped("notes.txt", "text/plain", bytes("hello")), picture("age-34.png"));

        browser.await("#notes", "“notes.txt” is a text file, not a picture. Pictures end in .jpg or .png");
        browser.await(".card", "34.0 years");
        assertThat(server.scoring.read).hasValue(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aTextFileOfNoKnownTypeIsRecognisedByWhatIsInIt() {
        browser.drop(new Dropped("README", "", bytes("Read me\n")));

        browser.await("#notes", "“README” is a text file");
        assertThat(server.scoring.read).hasValue(0);
    }

    @Test
    void aFileThatIsTooLargeIsNotSent() {
        browser.dropLarge("large.png", 33 << 20);

        browser.await("#notes", "“large.png” has 33 MB, and this server takes up to 32 MB. Save it smaller");
        assertThat(server.scoring.read).hasValue(0);
    }

    @Test
    void aDropWithoutAFileIsExplained() {
        browser.drop();

        browser.await("#notes", "What you dropped holds no file.");
    }

    @Test
    void anExampleCanBeClicked() {
        browser.find("#examples button").click();

        browser.await(".card", "portrait-3-years.png");
        browser.await(".card", "50.0 years");
    }

    @Test
    void aPartOfAPictureIsDragged() {
        browser.drop(picture("age-34.png"));
        browser.await(".card", "34.0 years");
        browser.find(".part").click();
        browser.await("dialog", "Part of age-34.png");

        browser.dragOver(
                ".part-stage", 0.75, 0.75, 0.25, 0.5); // 96 x 96 pixels, from the lower right corner of the box

        assertThat(values("dialog input")).containsExactly("24", "48", "48", "24");
        browser.find("dialog .main").click();
        browser.awaitCount(".card", 2);
        browser.await(".card", "24.0 years");
        browser.await(".card h5", "age-34.png (24, 48, 48, 24)");
        assertThat(browser.script("return document.querySelectorAll('dialog').length"))
                .isEqualTo(0L);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aPartOfAPictureIsWrittenWithTheKeyboard() throws IOException {
        browser.screen(390, 844).go(server.address());
        browser.drop(picture("age-34.png"));
        browser.await(".card", "34.0 years");
        browser.tabTo(".part");
        browser.press(Keys.ENTER);
        browser.await("dialog", "Part of age-34.png");
        assertThat(new Accessibility(browser).violations()).isEmpty();

        browser.tabTo("#part-left");
        browser.press("12", Keys.TAB, "0", Keys.TAB, "30", Keys.TAB, "96", Keys.ENTER);

        browser.await(".card", "12.0 years");
        browser.await(".card h5", "age-34.png (12, 0, 30, 96)");
    }

    /** A finder finds as many squares as the first pixel is red. */
    @Test
    void eachRegionThatTheServerFindsIsACard(@TempDir Path noPlugins) throws IOException {
        BufferedImage image = new BufferedImage(100, 50, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 3 << 16);
        ByteArrayOutputStream group = new ByteArrayOutputStream();
        ImageIO.write(image, "png", group);
        try (RegionSearch search = RegionSearch.open("{type: squares, side: 20}", TestingCatalog.create(noPlugins));
                PageServer finding = PageServer.withFinder(
                        search, PageScoring.calibrated("age"), PageScoring.uncalibrated("other"))) {
            browser.go(finding.address());
            browser.drop(new Dropped("group.png", "image/png", group.toByteArray()));

            browser.awaitCount(".card", 6);
            browser.await(".card", "40.0 years");
            browser.await(".card h5", "group.png (20, 0, 20, 20)");
            browser.await("#status", "3 pictures");
            image.setRGB(0, 0, 0);
            group.reset();
            ImageIO.write(image, "png", group);
            browser.drop(new Dropped("nobody.png", "image/png", group.toByteArray()));
            browser.await("#notes", "nobody.png: squares found no region in the picture");
            assertThat(browser.texts(".card")).hasSize(6);
        }
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        browser.tabTo("#pick");
        assertThat(outlineOf("#pick + label")).isNotEqualTo("none");
        browser.tabTo("#examples button");
        assertThat(outlineOf("#examples button")).isNotEqualTo("none");
        browser.press(Keys.ENTER);
        browser.await(".card", "50.0 years");
        browser.tabTo("#sort");
        browser.press(Keys.ARROW_DOWN);
        browser.tabTo("input[type=range]");
        browser.press(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        browser.await(".group-title", "At least 2 years");
        browser.tabTo(".card > details > summary");
        browser.press(Keys.ENTER);
        browser.tabTo(".card summary, .card .remove, #pick");
        browser.find(".card .remove").sendKeys(Keys.ENTER);
        browser.awaitCount(".card", 0);
        assertThat(browser.script("return document.activeElement.id")).isEqualTo("pick");
    }

    @Test
    void aMovedCutSplitsThePicturesAndSaysHowLikelyEachIs() {
        browser.drop(picture("age-34.png"), picture("age-70.png"), picture("age-5.png"));
        browser.awaitCount(".card", 3);

        cutAt(18);
        assertThat(groups()).containsExactly("At least 18 years 2 pictures", "Below 18 years 1 picture");
        browser.await(".cut-words", "At least 18 years: likely, 75 %");
        cutAt(31);
        browser.await(
                ".cut-sentence", "Cut at 31 years: 2 at or above, 1 below. The interval of 1 picture reaches across.");
        browser.await(".cut-words", "At least 31 years: between 25 % and 75 %");
        cutAt(90);
        assertThat(groups()).containsExactly("Below 90 years 3 pictures");
    }

    @Test
    void picturesAreSorted() {
        browser.drop(picture("age-34.png"), picture("age-70-wide.png"), picture("age-50.png"));
        browser.awaitCount(".card", 3);
        cutAt(0);

        assertThat(names()).containsExactly("age-34.png", "age-70-wide.png", "age-50.png");
        sortBy("low");
        assertThat(names()).containsExactly("age-34.png", "age-50.png", "age-70-wide.png");
        sortBy("high");
        assertThat(names()).containsExactly("age-70-wide.png", "age-50.png", "age-34.png");
        sortBy("unsure");
        assertThat(names()).containsExactly("age-70-wide.png", "age-34.png", "age-50.png");
    }

    @Test
    void eachChartHasWordsAndATable() {
        browser.drop(picture("age-34.png"));
        browser.await(".card", "34.0 years");

        assertThat(labels())
                .anyMatch(label -> label.startsWith("34.0 on the scale from 0 to 100, interval 29.0 to 39.0"));
        browser.script("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        browser.await(".card .data table", "≥ 18\t75 %\tlikely");
        browser.await(".model > .data table", "age-34.png\t34.0\t29.0\t39.0\tadult");
        assertThat(browser.script("""
                return [...document.querySelectorAll('.model > .data tr > :last-child')].map((cell) => getComputedStyle(cell).textAlign)
                """)).isEqualTo(List.of("left", "left"));
        browser.await(".concepts", "older adult");
    }

    @Test
    void whatMakesANumberDoubtfulIsSaid() {
        browser.drop(picture("strange-34.png"), picture("abstained-34.png"), picture("outside-34.png"));

        browser.await(".warning", "Strange: the picture looks unlike those the model was trained on.");
        browser.await(".warning", "Too unsure: the interval is wider than");
        browser.await(".warning", "Out of range: the number lies outside");
    }

    @Test
    void aPictureThatCannotBeReadSaysWhyAndStopsNoOther() {
        browser.drop(picture("broken.png"), picture("age-34.png"));

        browser.await(
                "#notes",
                "broken.png: the JPEG ends in its middle. Send a JPEG, PNG, GIF, BMP, WebP or TIFF that is whole (request ");
        browser.await(".card", "34.0 years");
        browser.awaitCount(".card", 1);
    }

    /** What cannot help is not offered. */
    @Test
    void aReasonThatSaysWhatHelpsIsNotContradicted() {
        browser.drop(picture("from-the-web.heic"));

        browser.await("#notes", "from-the-web.heic: HEIC is not read. Save the image as PNG or JPEG (request ");
        assertThat(browser.texts("#notes li p").get(0)).endsWith(").");
        assertThat(browser.texts("#notes button")).containsExactly("×");
    }

    @Test
    void aRefusalShowsItsFixAndCanBeTriedAgain() {
        browser.drop(picture("explode-34.png"));

        browser.await("#notes", "“explode-34.png”: ");
        browser.await("#notes", "(request ");
        assertThat(browser.texts("#notes button")).first().isEqualTo("Try again");
        browser.find("#notes button").click();
        browser.await(".card", "34.0 years");
        browser.awaitCount("#notes li", 0);
    }

    @Test
    void aBusyServerIsAskedAgain() throws InterruptedException {
        try (PageServer busy = PageServer.thatIsSoonBusy()) {
            browser.go(busy.address()).drop(picture("wait-20.png"));
            busy.scoring.awaitReading();

            browser.drop(picture("age-34.png"));

            browser.await("#notes", "The server is busy. “age-34.png” is sent again in 1 second.");
            assertThat(browser.script("return document.getAnimations().length")).isNotEqualTo(0L);
            browser.withoutMotion();
            assertThat(browser.script("return document.getAnimations().length")).isEqualTo(0L);
            busy.scoring.waiting.release();
            browser.await(".card", "20.0 years");
            browser.await(".card", "34.0 years");
            browser.awaitCount("#notes li", 0);
        }
    }

    @Test
    void aServerThatIsGoneIsSaidInWords() {
        browser.await("#limits", "up to 32 MB");
        server.close();
        browser.drop(picture("age-34.png"));

        browser.await("#notes", "The server does not answer. See whether it is still running, then try again.");
        assertThat(browser.texts("#notes button")).first().isEqualTo("Try again");
    }

    @Test
    void aTokenIsAskedForAndKeptNowhere() {
        try (PageServer asking = PageServer.withToken("a-long-secret-token")) {
            browser.go(asking.address());

            browser.await("#token-form", "This server asks for a token.");
            browser.press("wrong", Keys.ENTER);
            browser.await("#token-form", "The server did not accept this token.");
            browser.press("a-long-secret-token", Keys.ENTER);
            browser.drop(picture("age-34.png"));
            browser.await(".card", "34.0 years");
            assertThat(browser.script("return localStorage.length + sessionStorage.length + document.cookie.length"))
                    .isEqualTo(0L);
        }
    }

    @Test
    void severalModelsStandSideBySideAndCanBeChosen() {
        try (PageServer two = PageServer.of(PageScoring.calibrated("age"), PageScoring.uncalibrated("look"))) {
            browser.go(two.address()).drop(picture("age-34.png"));

            browser.awaitCount(".card", 2);
            browser.await(".card", "no interval: the model is not calibrated");
            browser.find("#models input").click();
            browser.awaitCount(".card", 1);
            browser.find("#models label:last-child input").click();
            browser.await("#status", "One model stays chosen.");
        }
    }

    @Test
    void aNameIsTextWhateverIsInIt() {
        browser.drop(picture("<img src=x onerror=document.title='taken'>-34.png"));

        browser.await(".card h5", "<img src=x onerror=document.title='taken'>-34.png");
        assertThat(browser.driver().getTitle()).isEqualTo("NumCLIP: pictures and their numbers");
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "390, false", "390, true", "320, false"})
    void itFitsTheScreenAndIsAccessible(int width, boolean dark) throws IOException {
        browser.screen(width, 844);
        if (dark) {
            browser.dark();
        }
        browser.go(server.address());
        browser.drop(
                picture("age-34.png"),
                picture("strange-age-70-with-a-name-that-is-longer-than-a-phone-is-wide-and-has-no-end.png"),
                new Dropped("notes.txt", "text/plain", bytes("hello")));
        browser.awaitCount(".card", 2);
        browser.script("document.querySelectorAll('details').forEach((each) => { each.open = true; })");

        assertThat(browser.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0L);
        assertThat(backgroundBrightness() < 60).isEqualTo(dark);
        assertThat(new Accessibility(browser).violations()).isEmpty();
    }

    @Test
    void nothingIsAskedForElsewhere() {
        browser.go(server.address());
        browser.find("#examples button").click();
        browser.drop(picture("age-34.png"));
        browser.awaitCount(".card", 2);

        List<String> elsewhere = browser.requests().stream()
                .filter(address ->
                        !address.startsWith(server.address()) && !address.startsWith("blob:" + server.address()))
                .toList();
        assertThat(elsewhere).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    private String outlineOf(String selector) {
        return (String) Objects.requireNonNull(
                browser.script("return getComputedStyle(document.querySelector(arguments[0])).outlineStyle", selector));
    }

    private void cutAt(int value) {
        browser.script("""
            const cut = document.querySelector('input[type=range]');
            cut.value = arguments[0];
            cut.dispatchEvent(new Event('input'));
            """, value);
    }

    private void sortBy(String order) {
        browser.find("#sort option[value=" + order + "]").click();
    }

    private List<String> values(String selector) {
        List<?> values = (List<?>) Objects.requireNonNull(browser.script(
                "return [...document.querySelectorAll(arguments[0])].map((each) => each.value)", selector));
        return values.stream().map(String::valueOf).toList();
    }

    private List<String> groups() {
        return browser.texts(".group-title");
    }

    private List<String> names() {
        return browser.texts(".card h5");
    }

    private List<String> labels() {
        List<?> labels = (List<?>) Objects.requireNonNull(
                browser.script("return [...document.querySelectorAll('svg[role=img]')].map((each) => each.ariaLabel)"));
        return labels.stream().map(String::valueOf).toList();
    }

    private long backgroundBrightness() {
        return (Long) Objects.requireNonNull(browser.script("""
            return Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number))
            """));
    }

    /** A picture that tells its name to the scoring. */
    private static Dropped picture(String name) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(png());
        content.writeBytes(bytes(name));
        return new Dropped(name, "image/png", content.toByteArray());
    }

    private static byte[] png() {
        String example = "/io/numclip/server/page/examples/portrait-3-years.png";
        try (InputStream file = Objects.requireNonNull(PageTest.class.getResourceAsStream(example))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
