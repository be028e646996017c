using System.Buffers.Binary;
using Boreal.BuildWire.Packets;

namespace Boreal.Cli.Building.Sessions;

/// <summary>
/// Requests to an SSH agent out of the bytes they come in. An agent answers each in order, so one that is not allowed cannot just be
/// left out: it goes on as a request that no agent knows, which is answered with a failure.
/// </summary>
internal sealed class AgentRequests
{
    private const int PrefixLength = 4;

    // The protocol's own limit.
    private const int Largest = 256 * 1024;

    // draft-ietf-sshm-ssh-agent, 5.1
    private const byte ListKeys = 11;
    private const byte Sign = 13;
    private const byte Unknown = 255;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>The next whole request, as it may go on.</summary>
    public bool TryTake(out byte[] request)
    {
        request = [];
        if (_length < PrefixLength) return false;
        var size = BinaryPrimitives.ReadUInt32BigEndian(_bytes);
        if (size is 0 or > Largest) throw new ContextException($"a request of {size} bytes to an SSH agent");
        var whole = PrefixLength + (int)size;
        if (_length < whole) return false;
        request = _bytes[PrefixLength] is ListKeys or Sign ? _bytes[..whole] : [0, 0, 0, 1, Unknown];
        _bytes.AsSpan(whole, _length - whole).CopyTo(_bytes);
        _length -= whole;
        return true;
    }
}
