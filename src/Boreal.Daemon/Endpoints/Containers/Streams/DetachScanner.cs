using System.Buffers;

namespace Boreal.Daemon.Endpoints.Containers.Streams;

/// <summary>Looks for the detach keys in what a client types. Bytes that may begin them are held back until that is decided.</summary>
internal sealed class DetachScanner(ReadOnlyMemory<byte> keys)
{
    private int _matched;

    /// <summary>Copies what is input and no detach key; true when the keys were typed.</summary>
    public bool Scan(ReadOnlySpan<byte> typed, IBufferWriter<byte> input)
    {
        foreach (var key in typed)
        {
            Match(key, input);
            if (_matched == keys.Length)
                return true;
        }
        return false;
    }

    private void Match(byte key, IBufferWriter<byte> input)
    {
        var wanted = keys.Span;
        while (wanted[_matched] != key)
        {
            if (_matched == 0)
            {
                input.Write([key]);
                return;
            }
            // The longest end of what is held, with which the keys begin too, is still in play.
            var keep = LongestBorder(wanted[.._matched]);
            input.Write(wanted[..(_matched - keep)]);
            _matched = keep;
        }
        _matched++;
    }

    private static int LongestBorder(ReadOnlySpan<byte> held)
    {
        var length = held.Length - 1;
        while (length > 0 && !held[..length].SequenceEqual(held[^length..]))
            length--;
        return length;
    }
}
