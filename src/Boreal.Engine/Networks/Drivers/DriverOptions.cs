using System.Globalization;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks.Drivers;

/// <summary>Reads the values of a network's driver options, with Docker's words for what cannot be.</summary>
internal static class DriverOptions
{
    public const string Mtu = "com.docker.network.driver.mtu";
    public const string InterfacePrefix = "com.docker.network.container_iface_prefix";

    public static bool Flag(this NetworkDefinition definition, string option, bool whenMissing) =>
        definition.Options.TryGetValue(option, out var text) ? ParseFlag(option, text) : whenMissing;

    /// <summary>Null when the option is not given.</summary>
    public static int? PacketSize(this NetworkDefinition definition)
    {
        if (!definition.Options.TryGetValue(Mtu, out var text)) return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var mtu))
            throw Invalid(Mtu, text, $"strconv.Atoi: parsing \"{text}\": invalid syntax");
        if (mtu < 0) throw new EngineException(ErrorKind.Invalid, $"invalid MTU number: {text}");
        if (mtu is > 0 and < 68 or > 65535) throw new EngineException(ErrorKind.Invalid, $"invalid MTU number: {text} (68 to 65535)");
        return mtu == 0 ? null : mtu;
    }

    public static string Text(this NetworkDefinition definition, string option) => definition.Options.TryGetValue(option, out var text) ? text : "";

    public static EngineException Invalid(string option, string text, string reason) =>
        new(ErrorKind.Invalid, $"failed to parse {option} value: {text} ({reason})");

    /// <summary>The spellings Docker's clients use: Go's.</summary>
    private static bool ParseFlag(string option, string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw Invalid(option, text, $"strconv.ParseBool: parsing \"{text}\": invalid syntax"),
    };
}
