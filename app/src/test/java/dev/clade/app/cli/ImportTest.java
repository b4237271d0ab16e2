package dev.clade.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

    @TempDir
    private static Path folder = Path.of("");

    /// As Ray 2.x writes it; the first line was made void by the copy from trial 1, whose own history began anew.
    private static final String POLICY = """
            ["0", "2", 5, 5, {"lr": 0.5, "data": "/x"}, {"lr": 0.4, "data": "/x"}]
            ["0@perturbed[lr=0.4]", "1", 10, 8, {"lr": 0.1, "inner": {"beta": 1}, "data": "/x"}, {"lr": 0.12, "inner": {"beta": 2}, "data": "/x"}]
            ["1", "3", 20, 18, {"lr": 0.12, "inner": {"beta": 2}, "data": "/x"}, {"lr": 0.096, "inner": {"beta": 2}, "data": "/x"}]
            """;

    private static Said imported(String policy, String... more) throws IOException {
        var file = Files.writeString(folder.resolve("pbt_policy_0.txt"), policy);
        var arguments = new String[3 + more.length];
        arguments[0] = "import";
        arguments[1] = "ray-policy";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Said.by(arguments);
    }

    @Test
    void schedule_goes_back_to_where_the_chain_of_tags_breaks() throws IOException {
        var said = imported(POLICY, "--steps", "100");
        assertEquals(0, said.status(), said.err());
        assertEquals("""
                tuner:
                  schedule:
                    at:
                    - step: 0
                      values: {inner.beta: 1, lr: 0.1}
                    - step: 800
                      values: {inner.beta: 2, lr: 0.12}
                    - step: 1800
                      values: {inner.beta: 2, lr: 0.096}
                """, said.out());
        assertEquals(
                "Left out, since the policy never changes them: data. --only names others.%n".formatted(), said.err());
    }

    @Test
    void only_what_is_named_is_taken() throws IOException {
        assertEquals("""
                tuner:
                  schedule:
                    at:
                    - step: 0
                      values: {data: /x}
                    - step: 8
                      values: {data: /x}
                    - step: 18
                      values: {data: /x}
                """, imported(POLICY, "--only", "data").out());
        assertEquals("""
                CLADE-4147 the policy knows no 'momentum'.
                  Found:    --only momentum.
                  Expected: any of data, inner.beta, lr.
                  Mend:     correct --only, or leave it out.
                """, imported(POLICY, "--only", "momentum").err());
    }

    @Test
    void what_is_no_policy_is_refused_at_its_line() throws IOException {
        var file = folder.resolve("pbt_policy_0.txt");
        assertEquals(
                """
                CLADE-4146 %s:2 this is no line of a policy.
                  Found:    {"a": 1}.
                  Expected: [tag, tag, iteration, iteration, {configuration}, {configuration}] in JSON, one a line.
                  Mend:     name a file pbt_policy_TRIAL.txt that PopulationBasedTraining of Ray Tune has written, with log_config=True.
                """.formatted(file),
                imported("[\"0\",\"1\",1,1,{},{}]\n{\"a\": 1}\n").err());
        assertEquals(2, imported("nonsense").status());
        assertEquals(2, imported("").status());
    }
}
