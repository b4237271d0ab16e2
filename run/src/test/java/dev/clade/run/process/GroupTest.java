package dev.clade.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupTest {

    @Test
    void setsidMakesGroups_elsePerl_elseNobody() {
        assertThat(Group.prefix(name -> Optional.of(Path.of("/bin", name)))).containsExactly("/bin/setsid");
        assertThat(Group.prefix(name -> Optional.of(Path.of("/bin", name)).filter(p -> p.endsWith("perl"))))
                .startsWith("/bin/perl", "-e")
                .endsWith("--");
        assertThat(Group.prefix(name -> Optional.empty())).isEmpty();
    }

    @Test
    void withNoGroup_whatTheSystemKnowsToBeItsChildrenIsEnded() throws Exception {
        var process = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & wait").start();
        assertThat(Processes.comes(() -> process.descendants().count() == 1)).isTrue();
        long child = process.descendants().findFirst().orElseThrow().pid();

        new Group(process.toHandle(), false).kill();

        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(Processes.comes(() -> !Processes.alive(child))).isTrue();
    }
}
