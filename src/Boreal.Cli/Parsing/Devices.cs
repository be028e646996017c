using Boreal.Api.Containers;
using Boreal.Notation;

namespace Boreal.Cli.Parsing;

/// <summary>Device options: mappings, cgroup rules, weights and rates.</summary>
internal static class Devices
{
    public static DeviceMapping Mapping(string text)
    {
        var parts = text.Split(':');
        if (parts.Length > 3 || parts[0].Length is 0) throw new FormatException($"bad format for path: {text}");
        var (inside, mode) = (parts[0], "rwm");
        if (parts.Length is 3)
        {
            (inside, mode) = (parts[1], parts[2]);
            if (!IsMode(mode)) throw new FormatException($"bad mode specified: {mode}");
        }
        else if (parts.Length is 2)
        {
            if (IsMode(parts[1])) mode = parts[1];
            else inside = parts[1];
        }

        if (!inside.StartsWith('/')) throw new FormatException($"{inside} is not an absolute path");
        return new DeviceMapping { PathOnHost = parts[0], PathInContainer = inside, CgroupPermissions = mode };
    }

    public static string CheckRule(string text)
    {
        var parts = text.Split(' ');
        var fits = parts is [("a" or "c" or "b"), var numbers, var mode] && numbers.Split(':') is [var major, var minor]
            && IsNumber(major) && IsNumber(minor) && mode.Length is >= 1 and <= 3 && mode.All(letter => letter is 'r' or 'w' or 'm');
        return fits ? text : throw new FormatException($"invalid device cgroup format '{text}'");
    }

    public static WeightDevice Weight(string text)
    {
        var (path, value) = Split(text);
        return ushort.TryParse(value, out var weight) && weight is 0 or (>= 10 and <= 1000)
            ? new WeightDevice { Path = path, Weight = weight }
            : throw new FormatException($"invalid weight for device: {text}");
    }

    public static ThrottleDevice BytesRate(string text)
    {
        var (path, value) = Split(text);
        try
        {
            return new ThrottleDevice { Path = path, Rate = (ulong)ByteSize.Parse(value) };
        }
        catch (FormatException)
        {
            throw new FormatException($"invalid rate for device: {text}. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb");
        }
    }

    public static ThrottleDevice OperationsRate(string text)
    {
        var (path, value) = Split(text);
        return ulong.TryParse(value, out var rate)
            ? new ThrottleDevice { Path = path, Rate = rate }
            : throw new FormatException($"invalid rate for device: {text}. The correct format is <device-path>:<number>. Number must be a positive integer");
    }

    private static (string Path, string Value) Split(string text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0) throw new FormatException($"bad format: {text}");
        return text.StartsWith("/dev/", StringComparison.Ordinal)
            ? (text[..colon], text[(colon + 1)..])
            : throw new FormatException($"bad format for device path: {text}");
    }

    private static bool IsNumber(string text) => text is "*" || text.Length > 0 && text.All(char.IsAsciiDigit);

    private static bool IsMode(string text) =>
        text.Length is >= 1 and <= 3 && text.All(letter => letter is 'r' or 'w' or 'm') && text.Distinct().Count() == text.Length;
}
