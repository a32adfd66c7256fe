package io.numclip.runner.page;

import io.numclip.host.run.PlainText;

/** Text, from wherever: what would be markup is escaped when it is written, and what cannot be seen is made visible. */
public record Text(String text) implements Markup {

    @Override
    public void write(StringBuilder page) {
        String shown = PlainText.printableLines(text).replace(" %", "\u00a0%"); // stay on one line
        for (int i = 0; i < shown.length(); i++) {
            char letter = shown.charAt(i);
            switch (letter) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.append(letter);
            }
        }
    }
}
