package dev.clade.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.Serializable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Disabled;
import org.junit.platform.commons.annotation.Testable;

/// What ArchUnit has no words for.
final class Conditions {

    private static final Pattern EMPTY_NAME =
            Pattern.compile("(Abstract|Base)([A-Z].*)?|.*(Utils?|Helper|Manager|Impl)");

    static final ArchCondition<JavaClass> HAVE_A_TELLING_NAME = condition(
            "have a telling name",
            type -> !EMPTY_NAME.matcher(type.getSimpleName()).matches(),
            type -> type.getName() + " has a name that does not say what it is");

    static final ArchCondition<JavaClass> LIVE_IN_A_NULL_MARKED_PACKAGE = condition(
            "live in a @NullMarked package",
            type -> type.getPackage()
                    .tryGetPackageInfo()
                    .filter(info -> info.isAnnotatedWith(NullMarked.class))
                    .isPresent(),
            type -> type.getPackageName() + " has no package-info with @NullMarked, seen from " + type.getName());

    static final ArchCondition<JavaClass> NOT_DECLARE_SERIALIZABLE = condition(
            "not declare java.io.Serializable",
            type -> type.getRawInterfaces().stream().noneMatch(one -> one.isAssignableTo(Serializable.class)),
            type -> type.getName() + " declares java.io.Serializable");

    static final ArchCondition<JavaClass> HAVE_A_NAME_THAT_SUREFIRE_RUNS = condition(
            "have a name that is run",
            type -> type.getMethods().stream().noneMatch(method -> method.isMetaAnnotatedWith(Testable.class))
                    || Walls.TEST_NAMES.stream().anyMatch(outermost(type).getSimpleName()::endsWith),
            type -> type.getName() + " has tests, and a name under which they are not run");

    static final ArchCondition<JavaClass> NOT_BE_DISABLED = condition(
            "not be disabled",
            type -> !type.isAnnotatedWith(Disabled.class)
                    && type.getMethods().stream().noneMatch(method -> method.isAnnotatedWith(Disabled.class)),
            type -> type.getName() + " is disabled, or has a test that is");

    private Conditions() {}

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(Conditions::outermost).orElse(type);
    }

    private static ArchCondition<JavaClass> condition(
            String description, Predicate<JavaClass> holds, Function<JavaClass, String> message) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!holds.test(type)) {
                    events.add(SimpleConditionEvent.violated(type, message.apply(type)));
                }
            }
        };
    }
}
