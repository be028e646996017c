using System.Globalization;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks.Ports;

/// <summary>The host ports a publication may take, ends included.</summary>
internal readonly record struct HostPortRange(ushort First, ushort Last)
{
    public bool IsSingle => First == Last;

    public bool IsEphemeral => First == 0;

    public bool Contains(ushort port) => IsEphemeral || (port >= First && port <= Last);

    /// <summary>Empty and <c>0</c> stand for an ephemeral port.</summary>
    public static HostPortRange Parse(string text)
    {
        if (text.Length == 0) return default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = dash < 0 ? text : text[..dash];
        var last = dash < 0 ? text : text[(dash + 1)..];
        if (ushort.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var low)
            && ushort.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var high)
            && low <= high)
        {
            return new HostPortRange(low, high);
        }

        throw new EngineException(ErrorKind.Invalid, $"invalid port specification: \"{text}\"");
    }
}
