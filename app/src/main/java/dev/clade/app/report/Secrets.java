package dev.clade.app.report;

import dev.clade.settings.Setting;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.regex.Pattern;

/// Settings without what a page that is sent around must not tell: values of environment variables, passwords within
/// URLs, and whatever is called a secret.
public final class Secrets {

    static final String MASK = "***";

    private static final Pattern NAME = Pattern.compile("password|passwd|secret|token|api[_-]?key|credential");
    /// `scheme://user:password@`.
    private static final Pattern URL = Pattern.compile("(://[^/?#:@\\s]*:)[^/?#\\s]*@");

    private Secrets() {}

    /// The same settings, masked.
    public static Setting.Mapping masked(Setting.Mapping settings) {
        return masked(settings, false);
    }

    private static Setting.Mapping masked(Setting.Mapping mapping, boolean all) {
        var entries = new LinkedHashMap<String, Setting>();
        mapping.entries().forEach((name, value) -> entries.put(name, masked(value, all || secret(name))));
        return new Setting.Mapping(entries, mapping.place());
    }

    private static Setting masked(Setting setting, boolean all) {
        return switch (setting) {
            case Setting.Mapping mapping -> masked(mapping, all);
            case Setting.Listing list ->
                new Setting.Listing(
                        list.items().stream().map(item -> masked(item, all)).toList(), list.place());
            case Setting.Scalar scalar ->
                new Setting.Scalar(
                        all ? MASK : URL.matcher(scalar.text()).replaceAll("$1" + MASK + "@"),
                        scalar.quoted(),
                        scalar.place());
        };
    }

    private static boolean secret(String name) {
        return name.equals("environment")
                || NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
    }
}
