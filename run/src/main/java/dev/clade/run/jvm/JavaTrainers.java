package dev.clade.run.jvm;

import dev.clade.fault.Fault;
import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import dev.clade.trainer.Trainers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// `trainer: {java: CLASS, classpath: [FOLDER, JAR], settings: {...}}`: a trainer of the user's own, in this process.
///
/// The class is a public [Trainer] or [Trainer.Factory]. Its public constructor takes `(Place, Setting.Mapping)`,
/// `(Setting.Mapping)`, `(Place)` or nothing; the first of these that it has is called, a factory's once, a trainer's
/// once a slot. Paths are relative to the experiment file.
public final class JavaTrainers implements Trainers {

    private static final List<List<Class<?>>> CONSTRUCTORS = List.of(
            List.of(Place.class, Setting.Mapping.class),
            List.of(Setting.Mapping.class),
            List.of(Place.class),
            List.of());

    @Override
    public String word() {
        return "java";
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(List.of("CLASS"));
    }

    @Override
    public Trainer.Factory read(Setting.Mapping settings, Path folder) {
        var fields = Fields.of(settings, "the trainer 'java'");
        var name = fields.need("java");
        var classpath = fields.find("classpath").map(JavaTrainers::entries).orElse(List.of()).stream()
                .map(entry -> existing(entry, folder))
                .toList();
        var own =
                fields.find("settings").map(Setting::asMapping).orElseGet(() -> Setting.map(new java.util.TreeMap<>()));
        fields.end();
        var type = loaded(name, classpath);
        var constructor = constructor(name, type);
        if (Trainer.Factory.class.isAssignableFrom(type)) {
            return (Trainer.Factory) made(name, constructor, Place.ANYWHERE, own);
        }
        return place -> (Trainer) made(name, constructor, place, own);
    }

    private static List<Setting> entries(Setting setting) {
        return setting instanceof Setting.Scalar ? List.of(setting) : setting.asList();
    }

    private static Path existing(Setting entry, Path folder) {
        var path = folder.resolve(entry.asText()).normalize();
        if (!Files.exists(path)) {
            throw new Fault(
                    1403,
                    entry.place() + " there is no " + path + " for the class path.",
                    "no such file or folder.",
                    "a folder of classes, or a jar.",
                    "compile it, or correct 'classpath'; relative paths begin at the experiment file.");
        }
        return path;
    }

    private static Class<?> loaded(Setting name, List<Path> classpath) {
        // Never closed: its classes are needed for as long as the process trains.
        var loader = new URLClassLoader(
                classpath.stream().map(JavaTrainers::url).toArray(URL[]::new), JavaTrainers.class.getClassLoader());
        try {
            var type = Class.forName(name.asText(), true, loader);
            if (!Trainer.class.isAssignableFrom(type) && !Trainer.Factory.class.isAssignableFrom(type)) {
                throw new Fault(
                        1405,
                        name.place() + " " + name.asText() + " is no trainer.",
                        "a class that is neither.",
                        "a class that implements dev.clade.trainer.Trainer or its Factory.",
                        "let it implement Trainer; docs/your-own.md shows one.");
            }
            return type;
        } catch (ClassNotFoundException | LinkageError e) {
            throw new Fault(
                            1404,
                            name.place() + " the class " + name.asText() + " cannot be loaded.",
                            e + ", with the class path " + classpath + ".",
                            "a class of this name, compiled for this Java or an older one, with all that it needs.",
                            "compile it, and name its folder or jar under 'classpath'.")
                    .causedBy(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every path has a URL", e);
        }
    }

    private static Constructor<?> constructor(Setting name, Class<?> type) {
        return CONSTRUCTORS.stream()
                .flatMap(parameters -> Arrays.stream(type.getConstructors())
                        .filter(c -> List.of(c.getParameterTypes()).equals(parameters)))
                .findFirst()
                .orElseThrow(() -> new Fault(
                        1406,
                        name.place() + " " + name.asText() + " cannot be made.",
                        "public constructors " + Arrays.toString(type.getConstructors()) + ".",
                        "a public class with a public constructor of (Place, Setting.Mapping), (Setting.Mapping), (Place)"
                                + " or ().",
                        "add one of them."));
    }

    private static Object made(Setting name, Constructor<?> constructor, Place place, Setting.Mapping settings) {
        var arguments = Arrays.stream(constructor.getParameterTypes())
                .<Object>map(type -> type == Place.class ? place : settings)
                .toArray();
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw thrown(name, Optional.ofNullable(e.getCause()).orElse(e));
        } catch (ReflectiveOperationException e) {
            throw thrown(name, e);
        }
    }

    private static RuntimeException thrown(Setting name, Throwable e) {
        return switch (e) {
            case Fault fault -> fault;
            case IOException io -> new UncheckedIOException(io);
            default ->
                new Fault(
                                1407,
                                name.place() + " " + name.asText() + " cannot be made.",
                                e + ".",
                                "a constructor that returns.",
                                "correct what it throws.")
                        .causedBy(e);
        };
    }
}
