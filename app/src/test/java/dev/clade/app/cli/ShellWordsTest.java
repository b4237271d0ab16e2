package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

    @Test
    void plainWordsStayAsTheyAre() {
        assertEquals(
                "clade compare runs/a-b_c.yaml --seeds=5 --tuners pbt,random -f json --store sqlite:///x/y.db",
                ShellWords.of(List.of(
                        "clade",
                        "compare",
                        "runs/a-b_c.yaml",
                        "--seeds=5",
                        "--tuners",
                        "pbt,random",
                        "-f",
                        "json",
                        "--store",
                        "sqlite:///x/y.db")));
    }

    @Test
    void whatHasSpacesOrSignsOfTheShellIsQuoted() {
        assertEquals("'my file.yaml'", ShellWords.quoted("my file.yaml"));
        assertEquals("'{asha: {eta: 4}}'", ShellWords.quoted("{asha: {eta: 4}}"));
        assertEquals("'it'\\''s'", ShellWords.quoted("it's"));
        assertEquals("'$HOME'", ShellWords.quoted("$HOME"));
        assertEquals("''", ShellWords.quoted(""));
    }

    @Test
    void aShellReadsTheSameWords() throws IOException, InterruptedException {
        var words = List.of(
                "a b",
                "it's",
                "$HOME",
                "`id`",
                "\\",
                "*",
                "~",
                "{a,b}",
                "#no",
                "a\"b",
                "",
                "!x",
                "a;b",
                "(c)",
                "é",
                "line\nline",
                "=x",
                "--to=a b",
                "&",
                "|",
                "<",
                ">",
                "?",
                "[a]",
                "-f");
        var shell = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + ShellWords.of(words))
                .redirectErrorStream(true)
                .start();
        try (InputStream said = shell.getInputStream()) {
            assertEquals(String.join("\0", words) + "\0", new String(said.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertTrue(shell.waitFor(1, TimeUnit.MINUTES));
    }
}
