using System.Globalization;
using System.Net;

namespace Boreal.Engine.Networks.Dns;

/// <summary>Answers questions about this node's own names, and leaves all others.</summary>
internal sealed class LocalNames(Names names, Random random)
{
    private const string Reverse4 = ".in-addr.arpa";
    private const string Reverse6 = ".ip6.arpa";

    /// <summary>The length of the answer in <paramref name="buffer"/>; 0 when the name is not one of ours.</summary>
    public int TryAnswer(in Query query, ResolverSettings settings, Span<byte> buffer, int limit)
    {
        Span<char> text = stackalloc char[Query.MaxNameLength];
        var length = query.CopyName(text);
        if (length <= 0) return 0;
        ReadOnlySpan<char> name = text[..length];
        if (query.Type is RecordType.Pointer)
        {
            if (ReversedAddress(name) is not { } address || NameOf(address, settings) is not { } found) return 0;
            var pointer = new Answer(query, buffer, limit);
            pointer.AddPointer(found);
            return pointer.Finish();
        }

        if (settings.Links.Count > 0 && settings.Links.TryGetValue(name.ToString(), out var target)) name = target;
        var isKnown = false;
        var addresses = Find(name, settings, query.Type, ref isKnown);
        // A name that is ours never leaves: for what it has not, the answer is empty. Were it "no such name", musl would give up.
        if (!isKnown) return 0;
        var answer = new Answer(query, buffer, limit) { TimeToLive = addresses?.Seconds ?? Answer.DefaultTimeToLive };
        if (addresses is not null)
        {
            if (query.Type is RecordType.Address4) answer.AddShuffled(query.Type, addresses.V4, 4, random);
            else answer.AddShuffled(query.Type, addresses.V6, 16, random);
        }

        return answer.Finish();
    }

    /// <summary>A name may end in the name of the network it is looked for in, and both may have dots.</summary>
    private NameAddresses? Find(ReadOnlySpan<char> name, ResolverSettings settings, RecordType type, ref bool isKnown)
    {
        if (FindIn(settings, name, network: default, type, ref isKnown) is { } whole) return whole;
        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name[..dot].LastIndexOf('.'))
        {
            if (FindIn(settings, name[..dot], name[(dot + 1)..], type, ref isKnown) is { } part) return part;
        }

        return null;
    }

    private NameAddresses? FindIn(ResolverSettings settings, ReadOnlySpan<char> name, ReadOnlySpan<char> network, RecordType type, ref bool isKnown)
    {
        foreach (var (id, networkName) in settings.Networks)
        {
            if (!network.IsEmpty && !network.Equals(networkName, StringComparison.OrdinalIgnoreCase)) continue;
            if (names.Of(id)?.Find(name) is not { } addresses) continue;
            isKnown = true;
            if (type is RecordType.Address4 && addresses.V4.Length > 0 || type is RecordType.Address6 && addresses.V6.Length > 0) return addresses;
        }

        return null;
    }

    private string? NameOf(IPAddress address, ResolverSettings settings)
    {
        foreach (var (id, networkName) in settings.Networks)
        {
            if (names.Of(id)?.Find(address) is { } name) return $"{name}.{networkName}";
        }

        return null;
    }

    private static IPAddress? ReversedAddress(ReadOnlySpan<char> name)
    {
        if (name.EndsWith(Reverse4, StringComparison.OrdinalIgnoreCase)) return Reversed(name[..^Reverse4.Length], parts: 4, NumberStyles.None);
        if (name.EndsWith(Reverse6, StringComparison.OrdinalIgnoreCase)) return Reversed(name[..^Reverse6.Length], parts: 32, NumberStyles.AllowHexSpecifier);
        return null;
    }

    /// <summary>Reads decimal bytes or hexadecimal half bytes, the last one first.</summary>
    private static IPAddress? Reversed(ReadOnlySpan<char> text, int parts, NumberStyles style)
    {
        var isHex = style is NumberStyles.AllowHexSpecifier;
        Span<byte> bytes = stackalloc byte[isHex ? parts / 2 : parts];
        bytes.Clear();
        var at = parts;
        foreach (var range in text.Split('.'))
        {
            if (--at < 0 || !byte.TryParse(text[range], style, CultureInfo.InvariantCulture, out var part)) return null;
            if (!isHex) bytes[at] = part;
            else if (part > 0xf) return null;
            else bytes[at / 2] |= (byte)(at % 2 == 0 ? part << 4 : part);
        }

        return at == 0 ? new IPAddress(bytes) : null;
    }
}
