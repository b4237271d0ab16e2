package dev.clade.tuners;

import dev.clade.testkit.Walls;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> walls() {
        return Walls.hold();
    }
}
