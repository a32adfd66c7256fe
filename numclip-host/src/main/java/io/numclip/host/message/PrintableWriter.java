package io.numclip.host.message;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Escapes what could control a terminal, wherever it comes from; line breaks and tabs stay. */
final class PrintableWriter extends FilterWriter {

    private String held = ""; // a carriage return, until it is known whether a line feed follows

    PrintableWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int character) throws IOException {
        write(String.valueOf((char) character));
    }

    @Override
    public void write(char[] text, int start, int count) throws IOException {
        write(new String(text, start, count));
    }

    @Override
    public void write(String text, int start, int count) throws IOException {
        String piece = held + text.substring(start, start + count);
        held = piece.endsWith("\r") ? "\r" : "";
        out.write(PlainText.printableLines(piece.substring(0, piece.length() - held.length())));
    }

    @Override
    public void flush() throws IOException {
        out.write(PlainText.printableLines(held));
        held = "";
        super.flush();
    }
}
