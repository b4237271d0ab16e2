package dev.clade.zoo.member;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;
import dev.clade.zoo.tensor.Device;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What the members of a slot share: the device that computes them, and the program that they may be lanes of.
///
/// @param lanes how many members one program trains; as many as are fastest where it is empty
public record Sharing(Device device, OptionalInt lanes) {

    /// The processor, and one member in each slot.
    public static final Sharing HERE = new Sharing(Device.CPU, OptionalInt.of(1));

    private static final Pattern CUDA = Pattern.compile("cuda(?::([0-9]{1,3}))?");

    /// Reads `device: cpu | cuda | cuda:N` and `lanes: N | auto`; by default the processor, and one.
    public static Sharing read(Fields fields) {
        return new Sharing(
                device(fields), fields.find("lanes").map(Sharing::lanes).orElse(HERE.lanes()));
    }

    /// Reads `device` alone, for workloads that have no lanes.
    public static Sharing alone(Fields fields) {
        return new Sharing(device(fields), HERE.lanes());
    }

    private static Device device(Fields fields) {
        return fields.find("device").map(Sharing::device).orElse(Device.CPU);
    }

    private static Device device(Setting setting) {
        if (setting.asText().equals("cpu")) {
            return Device.CPU;
        }
        var cuda = CUDA.matcher(setting.asText());
        if (!cuda.matches()) {
            throw setting.wrong(setting.asText(), "cpu, cuda, or cuda: and the number of a GPU");
        }
        return Device.cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
    }

    private static OptionalInt lanes(Setting setting) {
        return setting instanceof Setting.Scalar && setting.asText().equals("auto")
                ? OptionalInt.empty()
                : OptionalInt.of(setting.asCount(1));
    }
}
