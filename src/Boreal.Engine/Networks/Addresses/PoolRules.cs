using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Boreal.Engine.Errors;

namespace Boreal.Engine.Networks.Addresses;

/// <summary>What is wrong with the pools of a request, all of it at once, in Docker's words.</summary>
internal static class PoolRules
{
    /// <exception cref="EngineException">Invalid, with every mistake.</exception>
    public static void Check(IEnumerable<NetworkPool> pools)
    {
        var mistakes = pools.SelectMany(Mistakes).ToList();
        if (mistakes.Count > 0) throw new EngineException(ErrorKind.Invalid, Joined("invalid network config:", mistakes));
    }

    /// <summary>One mistake stands alone on its line, several get a bullet each.</summary>
    public static string Joined(string head, IReadOnlyList<string> mistakes) =>
        mistakes.Count == 1 ? $"{head}\n{mistakes[0]}" : $"{head}\n* {string.Join("\n* ", mistakes)}";

    private static IEnumerable<string> Mistakes(NetworkPool pool)
    {
        if (!TryParse(pool.Subnet, out var subnet, out var canonical))
        {
            yield return $"invalid subnet {pool.Subnet}: invalid CIDR block notation";
            yield break;
        }

        if (canonical is not null) yield return $"invalid subnet {pool.Subnet}: it should be {canonical}";
        foreach (var mistake in RangeMistakes(pool.Range, subnet)) yield return mistake;
        if (pool.Gateway.Length > 0 && Misfit(pool.Gateway, subnet) is { } gateway) yield return $"invalid gateway {pool.Gateway}: {gateway}";
        foreach (var (name, address) in pool.Auxiliary ?? new Dictionary<string, string>())
        {
            if (Misfit(address, subnet) is { } reason) yield return $"invalid auxiliary address {name}: {reason}";
        }
    }

    private static IEnumerable<string> RangeMistakes(string text, IPNetwork subnet)
    {
        if (text.Length == 0) yield break;
        if (!TryParse(text, out var range, out var canonical))
        {
            yield return $"invalid ip-range {text}: invalid CIDR block notation";
            yield break;
        }

        if (canonical is not null) yield return $"invalid ip-range {text}: it should be {canonical}";
        if (range.PrefixLength < subnet.PrefixLength) yield return $"invalid ip-range {text}: CIDR block is bigger than its parent subnet {subnet}";
        else if (!subnet.Contains(range.BaseAddress)) yield return $"invalid ip-range {text}: parent subnet {subnet} doesn't contain ip-range";
    }

    private static string? Misfit(string text, IPNetwork subnet) =>
        !TryParseAddress(text, out var address) ? "invalid address"
        : !subnet.Contains(address) ? $"parent subnet {subnet} doesn't contain this address"
        : null;

    /// <summary>Stricter than the runtime's, which takes 10.1 for an address.</summary>
    public static bool TryParseAddress(string text, out IPAddress address)
    {
        var isAddress = IPAddress.TryParse(text, out var parsed)
            && (parsed.AddressFamily is AddressFamily.InterNetworkV6 ? !text.Contains('%', StringComparison.Ordinal) : parsed.ToString() == text);
        address = parsed ?? IPAddress.None;
        return isAddress;
    }

    /// <summary><paramref name="canonical"/> is the network meant where the address has bits beyond the prefix.</summary>
    private static bool TryParse(string text, out IPNetwork network, out IPNetwork? canonical)
    {
        canonical = null;
        network = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || !TryParseAddress(text[..slash], out var address)
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > AddressNumber.Bits(address.AddressFamily))
            return false;
        network = AddressNumber.NetworkOf(address, length);
        if (!network.BaseAddress.Equals(address)) canonical = network;
        return true;
    }
}
