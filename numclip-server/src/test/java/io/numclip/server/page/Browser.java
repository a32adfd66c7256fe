package io.numclip.server.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, as a user in front of it. It reaches nothing but this machine. */
public final class Browser implements AutoCloseable {

    /** It warns of each Chromium that is newer than itself, for parts that are not used here. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Files as a drop brings them, from arguments: pairs of a name, a type and the bytes in Base64. */
    private static final String TRANSFER = """
        const files = new DataTransfer();
        for (const [name, type, bytes] of arguments[0]) {
          files.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name, {type}));
        }
        """;

    private final ChromeDriver driver;

    /** A file that is dropped or pasted. */
    public record Dropped(String name, String type, byte[] content) {

        private List<String> forScript() {
            return List.of(name, type, Base64.getEncoder().encodeToString(content));
        }
    }

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** The test is skipped where no Chromium is installed. */
    public static Browser open() {
        Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<File> chromedriver = onPath("chromedriver");
        assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "The page is not tested: there is no Chromium with its driver."
                        + " On Debian: apt-get install chromium chromium-driver");
        SELENIUM.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // a container's root has none
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.get())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options)).screen(1280, 900).light();
    }

    private static Optional<File> onPath(String... names) {
        List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator));
        return Arrays.stream(names)
                .flatMap(name -> folders.stream().map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    public Browser screen(int width, int height) {
        boolean phone = width < 600;
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
        driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", phone));
        return this;
    }

    public Browser light() {
        return media("light", "no-preference");
    }

    public Browser dark() {
        return media("dark", "no-preference");
    }

    public Browser withoutMotion() {
        return media("light", "reduce");
    }

    private Browser media(String colours, String motion) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", colours),
                                Map.of("name", "prefers-reduced-motion", "value", motion))));
        return this;
    }

    public Browser go(String address) {
        logs(LogType.BROWSER);
        logs(LogType.PERFORMANCE);
        driver.get(address);
        return this;
    }

    public Object script(String source, Object... arguments) {
        return driver.executeScript(source, arguments);
    }

    /** A drop as a file manager makes it; a browser without a window has none. */
    void drop(Dropped... files) {
        script(TRANSFER + """
            for (const kind of ['dragenter', 'dragover', 'drop']) {
              document.querySelector('#drop').dispatchEvent(
                  new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: files}));
            }
            """, forScript(files));
    }

    /** A file of so many zeros, which need not travel to the browser. */
    void dropLarge(String name, int bytes) {
        script("""
            const files = new DataTransfer();
            files.items.add(new File([new Uint8Array(arguments[1])], arguments[0], {type: 'image/png'}));
            document.dispatchEvent(new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: files}));
            """, name, bytes);
    }

    void paste(Dropped... files) {
        script(TRANSFER + """
            document.body.dispatchEvent(
                new ClipboardEvent('paste', {bubbles: true, cancelable: true, clipboardData: files}));
            """, forScript(files));
    }

    private static List<List<String>> forScript(Dropped... files) {
        return Stream.of(files).map(Dropped::forScript).toList();
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses the mouse at one place of an element and lets it go at another; both as shares of its width and height. */
    void dragOver(String selector, double fromX, double fromY, double toX, double toY) {
        WebElement element = find(selector);
        int width = element.getSize().width;
        int height = element.getSize().height;
        new Actions(driver)
                .moveToElement(element, (int) ((fromX - 0.5) * width), (int) ((fromY - 0.5) * height))
                .clickAndHold()
                .moveByOffset((int) ((toX - fromX) * width), (int) ((toY - fromY) * height))
                .release()
                .perform();
    }

    /** Presses Tab until an element that fits the selector has the focus; fails if none ever has. */
    void tabTo(String selector) {
        for (int i = 0; i < 60; i++) {
            press(Keys.TAB);
            if (Boolean.TRUE.equals(script("return document.activeElement.matches(arguments[0])", selector))) {
                return;
            }
        }
        throw new AssertionError("Tab never reaches " + selector);
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .toList();
    }

    /** Waits until the text of some visible element that fits the selector contains the words. */
    void await(String selector, String words) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "expected \"" + words + "\" in " + selector + ", found " + texts(selector))
                .until(any -> Boolean.TRUE.equals(script("""
                    return [...document.querySelectorAll(arguments[0])].some(
                        (each) => each.checkVisibility() && each.innerText.replaceAll('\\u00a0', ' ').includes(arguments[1]))
                    """, selector, words)));
    }

    void awaitCount(String selector, int count) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "expected " + count + " of " + selector + ", found " + texts(selector))
                .until(any -> texts(selector).size() == count);
    }

    /** Errors and warnings in the console since the last call, or since the page was opened. */
    public List<String> complaints() {
        return logs(LogType.BROWSER).stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What the browser did since the last call, or since the page was opened, as events of the DevTools protocol. */
    private List<String> events() {
        return logs(LogType.PERFORMANCE).stream().map(LogEntry::getMessage).toList();
    }

    /** The addresses that the page has asked for since the last call, or since it was opened. */
    public List<String> requests() {
        return events().stream()
                .map(Browser::requestedAddress)
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private static String requestedAddress(String event) {
        try {
            JsonNode message = JSON.readTree(event).path("message");
            boolean request = message.path("method").asText().equals("Network.requestWillBeSent");
            return request ? message.path("params").path("request").path("url").asText() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<LogEntry> logs(String type) {
        return driver.manage().logs().get(type).getAll();
    }

    ChromeDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
