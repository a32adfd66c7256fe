package io.numclip.runner.label;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.label.AnswerFile;
import io.numclip.host.label.LabelLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the answers about a folder are.
 *
 * @param list beside which they are
 */
record AnswersOf(Path folder, Path list) {

    Path answers() {
        return AnswerFile.beside(list);
    }

    /** The folder as the answers name it. */
    String relative() {
        return LabelLists.relative(list, folder);
    }

    /** @throws NumClipException if there are none, or they are about another folder */
    AnswerFile open() throws IOException {
        if (!Files.exists(answers())) {
            throw new NumClipException(
                    Kind.MISSING, answers() + ": no such file", "name the list whose answers these are with --out");
        }
        AnswerFile file = AnswerFile.open(answers());
        Path about = list.toAbsolutePath().resolveSibling(file.about().folder());
        if (!Files.isDirectory(about) || !Files.isSameFile(about, folder)) {
            file.close();
            throw new NumClipException(
                    Kind.USAGE,
                    answers() + ": has answers about the images of " + about.normalize() + ", not of " + folder,
                    "name another list with --out; if the folder was moved, correct its name in the first line of the file");
        }
        return file;
    }
}
