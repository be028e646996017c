using System.Globalization;
using Boreal.Build.Dockerfile.Lint;
using Boreal.Build.Dockerfile.Source;
using Boreal.Notation;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>Reads what EXPOSE says: <c>80</c>, <c>53/udp</c>, <c>8000-8010</c>, and forms of publishing that mean nothing here.</summary>
internal static class ExposedPorts
{
    private const int LastPort = 65535;
    private const int MostPorts = 3 * (LastPort + 1);

    /// <returns><c>port/protocol</c>, ranges as single ports.</returns>
    /// <exception cref="FormatException">A word is no port; the message is Docker's.</exception>
    public static IReadOnlyList<string> Read(IReadOnlyList<string> words, LineRange lines, Linter lint)
    {
        var ports = new List<string>();
        foreach (var word in words)
        {
            ports.AddRange(Read(word, lines, lint));
            if (ports.Count > MostPorts) throw new FormatException($"EXPOSE names more than {MostPorts} ports");
        }
        return ports;
    }

    private static IEnumerable<string> Read(string word, LineRange lines, Linter lint)
    {
        var parts = word.Split(':');
        var (container, protocol) = SplitProtocol(parts[^1], word);
        var host = parts.Length > 1 ? parts[^2] : "";
        var address = string.Join(':', parts.SkipLast(2));
        if (!LetterCase.IsLower(protocol))
            lint.Warn(LintRules.ExposeProtoCasing, lines, $"Defined protocol '{word}' in EXPOSE instruction should be lowercase");
        if (host.Length > 0 || address.Length > 0)
            lint.Warn(LintRules.ExposeInvalidFormat, lines, $"EXPOSE instruction should not define an IP address or host-port mapping, found '{word}'");

        if (address.Length > 0) CheckAddress(address);
        var range = ReadRange(container) ?? throw new FormatException($"invalid containerPort: {container}");
        if (host.Length > 0)
        {
            var hostRange = ReadRange(host) ?? throw new FormatException($"invalid hostPort: {host}");
            if (range.Last - range.First != hostRange.Last - hostRange.First && range.First != range.Last)
                throw new FormatException($"invalid ranges specified for container and host Ports: {container} and {host}");
        }
        return Enumerable.Range(range.First, range.Last - range.First + 1).Select(port => $"{port}/{protocol.ToLowerInvariant()}");
    }

    private static (string Port, string Protocol) SplitProtocol(string text, string word)
    {
        var parts = text.Split('/', 2);
        if (parts[0].Length == 0) throw new FormatException($"invalid port: {GoText.Quote(word)}: no port specified");
        var protocol = parts is [_, { Length: > 0 } given] ? given : "tcp";
        return protocol.ToLowerInvariant() is "tcp" or "udp" or "sctp" ? (parts[0], protocol)
            : throw new FormatException($"invalid port: {GoText.Quote(word)}: invalid proto: {protocol}");
    }

    private static void CheckAddress(string address)
    {
        var bare = address.StartsWith('[') && address.EndsWith(']') ? address[1..^1] : address;
        if (!IpText.TryParse(bare, out _)) throw new FormatException($"invalid IP address: {bare}");
    }

    private static (int First, int Last)? ReadRange(string text)
    {
        var parts = text.Split('-', 2);
        if (ReadPort(parts[0]) is not { } first) return null;
        if (parts is not [_, var end]) return (first, first);
        return ReadPort(end) is { } last && last >= first ? (first, last) : null;
    }

    private static int? ReadPort(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= LastPort ? port : null;
}
