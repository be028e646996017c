using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Boreal.Linux.Errors;
using Boreal.Linux.Netlink;

namespace Boreal.Linux.Nftables;

/// <summary>
/// Tells what others did that concerns us: deletions in nftables tables of ours, and changes of a chain of theirs that our
/// packets must pass. A flush by hand does such things, and a firewall's reload.
/// </summary>
public sealed partial class NftNotices : IDisposable
{
    private const int NetlinkDomain = 16;
    private const int Raw = 3;
    private const int CloseOnExec = 0x80000;
    private const int NetlinkLevel = 270;
    private const int AddMembership = 1;
    private const int NftablesGroup = 7;
    private const int HeaderLength = 16;
    private const int FamilyHeaderLength = 4;
    private const ushort TableName = 1;
    private const ushort ChainNameOfChain = 3;
    private const ushort ChainNameOfRule = 2;
    private const ushort NewChain = 0x0a03;
    private const ushort DeleteRule = 0x0a08;

    // Deletion of a table, chain, rule, set and element.
    private static readonly ushort[] Deletions = [0x0a02, 0x0a05, 0x0a08, 0x0a0b, 0x0a0e];

    private readonly Socket _socket;
    private readonly IReadOnlyCollection<string> _tables;
    private readonly (string Table, string Chain) _watched;
    private readonly uint _own;
    private readonly byte[] _buffer = new byte[64 << 10];

    private NftNotices(Socket socket, IReadOnlyCollection<string> tables, (string Table, string Chain) watched, uint own)
    {
        _socket = socket;
        _tables = tables;
        _watched = watched;
        _own = own;
    }

    /// <summary>Listens in the calling thread's network namespace. What <paramref name="own"/> changes is not told.</summary>
    public static NftNotices Open(IReadOnlyCollection<string> tables, (string Table, string Chain) watched, NetlinkSocket own)
    {
        var handle = Native.socket(NetlinkDomain, Raw | CloseOnExec, (int)NetlinkFamily.Netfilter);
        if (handle.IsInvalid) throw LinuxException.FromErrno("socket", "nftables notices");
        // The kernel leaves out sockets without a number of their own, which they get when they are bound.
        if (Native.bind(handle, [NetlinkDomain, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 12) < 0) throw LinuxException.FromErrno("bind", "nftables notices");
        // The runtime's own socket type can wait for any kind of socket without holding a thread.
        var socket = new Socket(handle);
        try
        {
            socket.SetRawSocketOption(NetlinkLevel, AddMembership, BitConverter.GetBytes(NftablesGroup));
            return new NftNotices(socket, tables, watched, own.Port);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Returns when somebody else did such a thing, or when notices were lost and it may be so.</summary>
    public async Task<NftConcern> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var count = await _socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
                if (Concern(_buffer.AsSpan(0, count)) is { } concern) return concern;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.NoBufferSpaceAvailable)
            {
                return NftConcern.OwnTables;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private NftConcern? Concern(ReadOnlySpan<byte> datagram)
    {
        NftConcern? concern = null;
        while (datagram.Length >= HeaderLength + FamilyHeaderLength)
        {
            var length = MemoryMarshal.Read<int>(datagram);
            if (length < HeaderLength + FamilyHeaderLength || length > datagram.Length) return concern;
            var type = MemoryMarshal.Read<ushort>(datagram[4..]);
            var by = MemoryMarshal.Read<uint>(datagram[12..]);
            if (by != _own && Concern(type, datagram[(HeaderLength + FamilyHeaderLength)..length]) is { } found)
            {
                if (found is NftConcern.OwnTables) return found;
                concern = found;
            }

            datagram = datagram[Math.Min((length + 3) & ~3, datagram.Length)..];
        }

        return concern;
    }

    private NftConcern? Concern(ushort type, ReadOnlySpan<byte> attributes)
    {
        var table = Text(attributes, TableName);
        if (_tables.Contains(table)) return Deletions.Contains(type) ? NftConcern.OwnTables : null;
        if (table != _watched.Table) return null;
        var chain = type switch
        {
            NewChain => Text(attributes, ChainNameOfChain),
            DeleteRule => Text(attributes, ChainNameOfRule),
            _ => null,
        };
        return chain == _watched.Chain ? NftConcern.WatchedChain : null;
    }

    private static string Text(ReadOnlySpan<byte> attributes, ushort type) => Encoding.UTF8.GetString(NetlinkAttributes.Find(attributes, type)).TrimEnd('\0');

    private static partial class Native
    {
        [LibraryImport("libc", SetLastError = true)]
        internal static partial SafeSocketHandle socket(int domain, int type, int protocol);

        [LibraryImport("libc", SetLastError = true)]
        internal static partial int bind(SafeSocketHandle socket, ReadOnlySpan<byte> address, int length);
    }
}
