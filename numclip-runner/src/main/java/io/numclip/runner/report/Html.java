package io.numclip.runner.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Parts of a self-contained page: no scripts, no external links, all text escaped. */
public final class Html {

    private static final String STYLE = """
            body { font: 16px/1.5 system-ui, sans-serif; color: #1c2733; background: #f6f7f9; margin: 0; }
            main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            section { background: #fff; border: 1px solid #e3e7ec; border-radius: 8px; padding: 1rem 1.5rem; margin: 1rem 0; overflow-x: auto; }
            h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: .3rem; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: right; padding: .3rem .6rem; border-bottom: 1px solid #eceff3; }
            th, td { white-space: nowrap; } .text { text-align: left; } .ours td { font-weight: 600; }
            pre { overflow: auto; font-size: .85rem; }
            img { max-width: 100%; }
            .pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 1rem; }
            figure { margin: 0; } figure img { width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: 6px; }
            figcaption { font-size: .85rem; } .concept { display: block; color: #5d6b7a; }
            """;

    private Html() {}

    public static String page(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + escape(title)
                + "</title>\n<style>\n"
                + STYLE + "</style>\n<main>\n<h1>" + escape(title) + "</h1>\n" + body + "</main>\n</html>\n";
    }

    public static String section(String title, String body) {
        return "<section>\n<h2>" + escape(title) + "</h2>\n" + body + "</section>\n";
    }

    public static String paragraph(String text) {
        return "<p>" + escape(text) + "</p>\n";
    }

    public static String preformatted(String text) {
        return "<pre>" + escape(text) + "</pre>\n";
    }

    public static String png(byte[] png, String description) {
        return "<img alt=\"" + escape(description) + "\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png) + "\">\n";
    }

    static String picture(BufferedImage image, String description) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException("an image in memory could not be written", failure);
        }
        return png(bytes.toByteArray(), description);
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(letter);
            }
        }
        return escaped.toString();
    }
}
