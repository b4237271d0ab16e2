package dev.clade.run.process;

import java.io.IOException;
import java.io.Writer;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Ends the programs of a Clade that is no more, however it ended: a small shell, one a process of Clade, that knows
/// which
/// groups there are, and kills them at the end of its input. Nothing that ends Clade's own group ends it.
final class Warden {

    private static final System.Logger LOGGER = System.getLogger(Warden.class.getName());

    /// Told `+ TARGET` and `- TARGET`. All that it calls is part of the shell.
    private static final String SCRIPT = """
            trap '' INT TERM HUP QUIT
            groups=' '
            while read -r sign group; do
                case $sign in
                +) groups="$groups$group " ;;
                -) case $groups in
                    *" $group "*) groups="${groups%%" $group "*} ${groups#*" $group "}" ;;
                    esac ;;
                esac
            done
            for group in $groups; do
                kill -KILL "$group" 2>/dev/null
            done
            """;

    /// This process's. It is started by the first program.
    static final Warden OF_THIS_PROCESS = new Warden();

    private final TreeSet<String> groups = new TreeSet<>();
    private Optional<Writer> line = Optional.empty();

    /// From here on a group ends with Clade.
    synchronized void add(Group group) {
        groups.add(group.target());
        tell("+ " + group.target());
    }

    /// A group is gone; its number may be another's.
    synchronized void remove(Group group) {
        groups.remove(group.target());
        tell("- " + group.target());
    }

    private void tell(String what) {
        if (!told(what)) {
            begin();
        }
    }

    private boolean told(String what) {
        if (line.isEmpty()) {
            return false;
        }
        try {
            line.get().write(what + "\n");
            line.get().flush();
            return true;
        } catch (IOException e) {
            return false; // somebody has killed it
        }
    }

    /// Starts one that knows of all groups.
    private void begin() {
        try {
            var command = new ArrayList<>(Group.prefix());
            command.addAll(List.of("/bin/sh", "-c", SCRIPT));
            var builder = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            line = Optional.of(builder.start().outputWriter());
            groups.forEach(group -> told("+ " + group));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "programs may outlive Clade if it is killed: " + e);
        }
    }
}
