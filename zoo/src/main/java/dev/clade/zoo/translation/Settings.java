package dev.clade.zoo.translation;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.zoo.member.Sharing;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;

/// What an experiment file says under `trainer`.
///
/// @param data the folder of the text
/// @param source language to read, as files are called
/// @param target language to write
/// @param test name of the set to report
/// @param vocabulary symbols of both languages, at most
/// @param sentences of the training file at most; all where it is empty
/// @param longest symbols of a sentence to train on, at most
/// @param batch sentences in an update
/// @param shape of the network
record Settings(
        Path data,
        String source,
        String target,
        String test,
        int vocabulary,
        OptionalInt sentences,
        int longest,
        int batch,
        Shape shape,
        Sharing sharing) {

    /// Beside the experiment file.
    static final String DATA = "translation";

    /// The name in Multi30k.
    static final String TEST = "test_2016_flickr";

    /// Ours: most of a small network's time is the choice among them.
    static final int VOCABULARY = 2000;

    static final int LONGEST = 40;
    static final int BATCH = 32;

    static Settings read(Setting.Mapping mapping, Path folder) {
        var fields = Fields.of(mapping, "the trainer 'translation'");
        fields.need("zoo");
        var data = fields.find("data").map(setting -> path(setting, folder)).orElseGet(() -> folder.resolve(DATA));
        var source = fields.find("source").map(Settings::name).orElse("en");
        var target = fields.find("target").map(Settings::name).orElse("de");
        var test = fields.find("test").map(Settings::name).orElse(TEST);
        int vocabulary = count(fields, "vocabulary", VOCABULARY);
        var sentences = fields.find("sentences")
                .map(setting -> OptionalInt.of(setting.asCount(1)))
                .orElseGet(OptionalInt::empty);
        int longest = count(fields, "longest", LONGEST);
        int batch = count(fields, "batch", BATCH);
        var shape = Shape.read(fields);
        var sharing = Sharing.alone(fields);
        fields.end();
        return new Settings(data, source, target, test, vocabulary, sentences, longest, batch, shape, sharing);
    }

    static int count(Fields fields, String name, int otherwise) {
        return fields.find(name).map(setting -> setting.asCount(1)).orElse(otherwise);
    }

    /// A part of a file's name.
    private static String name(Setting setting) {
        var name = setting.asText();
        if (!name.matches("[\\w-]+")) {
            throw setting.wrong(name, "a part of a file's name: letters, digits, - and _");
        }
        return name;
    }

    private static Path path(Setting setting, Path folder) {
        try {
            return folder.resolve(setting.asText());
        } catch (InvalidPathException e) {
            throw setting.wrong(setting.asText(), "a folder").causedBy(e);
        }
    }
}
