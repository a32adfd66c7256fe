package io.numclip.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNamesTest {

    private final EntryNames names = new EntryNames();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..", "../a", "a/../b", "a/..", "/a", "//a", "a//b", "C:\\a", "c:a", "a\\b", "..\\a", ".", "a/./b", "",
                "/", "a\nb", "a\u0000"
            })
    void namesThatLeaveTheFolderAreRefused(String name) {
        assertThatThrownBy(() -> names.checked(name))
                .isInstanceOf(PluginRefusedException.class)
                .hasMessageContaining("does not name a file inside the plugin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b.class", "META-INF/MANIFEST.MF", "..a/b..", ".hidden", "ä b/ç", "a/..."})
    void namesInsideTheFolderAreKept(String name) {
        assertThat(names.checked(name)).isEqualTo(name);
    }

    @Test
    void longPathsAreRefused() {
        assertThat(names.checked("a".repeat(200))).hasSize(200);
        assertThatThrownBy(() -> names.checked("b".repeat(201))).hasMessageContaining("more than 200 characters");
    }

    @Test
    void namesThatDifferInCaseOnlyAreRefused() {
        names.checked("META-INF/a");

        assertThatThrownBy(() -> names.checked("meta-inf/A")).hasMessageContaining("appears twice");
    }

    @Test
    void fileAndFolderOfOneNameAreRefused() {
        names.checked("a/");

        assertThatThrownBy(() -> names.checked("a")).hasMessageContaining("appears twice");
    }

    @Test
    void messagesShowNoControlCharacters() {
        assertThatThrownBy(() -> names.checked("\u001b[31mred")).hasMessageContaining("\"?[31mred\"");
    }
}
