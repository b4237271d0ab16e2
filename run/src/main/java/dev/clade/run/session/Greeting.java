package dev.clade.run.session;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// How a program has introduced itself.
///
/// @param program what it calls itself
/// @param protocol the version that is spoken
/// @param capabilities the words of its hello
/// @param lanes how many members it can train as one program
/// @param startUp from its start to its hello
public record Greeting(String program, int protocol, SortedSet<String> capabilities, int lanes, Duration startUp) {

    public Greeting {
        capabilities = Collections.unmodifiableSortedSet(new TreeSet<>(capabilities));
    }

    /// Whether it draws what a person should see of a model.
    boolean draws() {
        return capabilities.contains("pictures");
    }
}
