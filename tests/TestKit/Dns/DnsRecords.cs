using System.Net;

namespace Boreal.Tests.TestKit.Dns;

/// <summary>Answers a test's own server gives.</summary>
public static class DnsRecords
{
    /// <summary>Success with addresses; the question is that of <paramref name="query"/>.</summary>
    public static byte[] Addresses(ReadOnlySpan<byte> query, uint timeToLive, params IPAddress[] addresses) => Reply(query, 0x8180, timeToLive, addresses);

    /// <summary>No records, with this flags word.</summary>
    public static byte[] Empty(ReadOnlySpan<byte> query, ushort flags) => Reply(query, flags, 0, []);

    private static byte[] Reply(ReadOnlySpan<byte> query, ushort flags, uint timeToLive, IPAddress[] addresses)
    {
        var end = 12;
        while (query[end] != 0) end += query[end] + 1;
        var message = new List<byte>();
        message.AddRange(query[..2]);
        DnsQuestion.Write(message, flags, 1, (ushort)addresses.Length, 0, 0);
        message.AddRange(query[12..(end + 5)]);
        foreach (var address in addresses)
        {
            var bytes = address.GetAddressBytes();
            DnsQuestion.Write(message, 0xc00c, bytes.Length == 4 ? DnsQuestion.A : DnsQuestion.Aaaa, 1, (ushort)(timeToLive >> 16), (ushort)timeToLive, (ushort)bytes.Length);
            message.AddRange(bytes);
        }

        return [.. message];
    }
}
