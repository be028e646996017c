using System.Globalization;
using System.Text.RegularExpressions;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime.Devices;

/// <summary>What a group may do with device nodes. Null type, major or minor are every one.</summary>
public sealed partial record DeviceRule(bool Allow, string? Type, long? Major, long? Minor, string Access)
{
    /// <summary>The runtime-spec's number for every device, where Docker writes it out.</summary>
    private const long Every = -1;

    /// <summary>Parses <c>c 1:3 rwm</c> of <c>--device-cgroup-rule</c>.</summary>
    /// <exception cref="EngineException">The text is no such rule, in Docker's words.</exception>
    public static DeviceRule Parse(string rule)
    {
        var match = Rule().Match(rule);
        if (!match.Success) throw new EngineException(ErrorKind.Internal, $"invalid device cgroup rule format: '{rule}'");
        return new DeviceRule(true, match.Groups[1].Value, Number(match.Groups[2].Value, "major", rule), Number(match.Groups[3].Value, "minor", rule), match.Groups[4].Value);
    }

    private static long Number(string text, string name, string rule)
    {
        if (text is "*") return Every;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new EngineException(ErrorKind.Internal, $"invalid {name} value in device cgroup rule format: '{rule}'");
    }

    [GeneratedRegex(@"^([acb]) ([0-9]+|\*):([0-9]+|\*) ([rwm]{1,3})\z")]
    private static partial Regex Rule();
}
