using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Boreal.Engine.Networks.Addresses;

/// <summary>A range of addresses from which networks that ask for no subnet get one of <see cref="Size"/> bits' length.</summary>
public sealed record DefaultPool(IPNetwork Base, int Size)
{
    /// <summary>
    /// Docker's ranges in smaller pieces: hundreds of networks instead of thirty-one, each of 4094 or 254 addresses. The
    /// last of 172 come late, the default bridge is there.
    /// </summary>
    public static IReadOnlyList<DefaultPool> All { get; } =
    [
        Parse("base=172.18.0.0/15,size=20"),
        Parse("base=172.20.0.0/14,size=20"),
        Parse("base=172.24.0.0/14,size=20"),
        Parse("base=172.28.0.0/15,size=20"),
        Parse("base=172.17.0.0/16,size=20"),
        Parse("base=192.168.0.0/16,size=24"),
        Parse("base=172.30.0.0/15,size=20"),
    ];

    public AddressFamily Family => Base.BaseAddress.AddressFamily;

    /// <summary>As dockerd's option writes it: <c>base=10.200.0.0/16,size=24</c>.</summary>
    /// <exception cref="FormatException">Not so, or the size does not fit the base.</exception>
    public static DefaultPool Parse(string text)
    {
        IPNetwork? network = null;
        int? size = null;
        foreach (var field in text.Split(','))
        {
            var (key, value) = field.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (field[..at], field[(at + 1)..]) : ("", "");
            if (key == "base" && IPNetwork.TryParse(value, out var parsed)) network = parsed;
            else if (key == "size" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)) size = bits;
            else throw new FormatException($"'{field}' is neither base=NETWORK nor size=BITS");
        }

        if (network is not { } found || size is not { } length)
            throw new FormatException("base=NETWORK,size=BITS is needed, for example base=10.10.0.0/16,size=24");
        if (length < found.PrefixLength || length > AddressNumber.Bits(found.BaseAddress.AddressFamily) - 2)
            throw new FormatException($"no network of size {length} with room for containers fits into {found}");
        return new DefaultPool(found, length);
    }

    /// <summary>The pieces in order.</summary>
    public IEnumerable<IPNetwork> Pieces()
    {
        var step = AddressNumber.SizeOf(AddressNumber.Bits(Family) - Size);
        var last = AddressNumber.LastOf(Base);
        for (var number = AddressNumber.Of(Base.BaseAddress); number <= last; number += step)
        {
            yield return new IPNetwork(AddressNumber.ToAddress(number, Family), Size);
            if (last - number < step) yield break;
        }
    }
}
