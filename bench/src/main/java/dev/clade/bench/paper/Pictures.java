package dev.clade.bench.paper;

import java.util.SortedMap;
import java.util.TreeMap;

/// What is drawn of all experiments.
record Pictures(Results results, Arm against) {

    SortedMap<String, String> files() {
        return new TreeMap<>();
    }
}
