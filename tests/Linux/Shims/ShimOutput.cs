using System.Buffers.Binary;
using System.Text;
using Boreal.Engine.Shims;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Shims;

/// <summary>Reads a shim's streams.</summary>
internal static class ShimOutput
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    internal static async Task<byte[]> ReadRawAsync(this ShimStream stream)
    {
        using var timeout = new CancellationTokenSource(Patience, TimeProvider.System);
        var output = new MemoryStream();
        await stream.CopyToAsync(output, timeout.Token);
        return output.ToArray();
    }

    /// <summary>Everything to the end, the frames taken apart.</summary>
    internal static async Task<(string Stdout, string Stderr)> ReadFramesAsync(this ShimStream stream)
    {
        var rest = (await stream.ReadRawAsync()).AsSpan();
        var outputs = new StringBuilder[] { new(), new(), new() };
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest[4..]);
            outputs[rest[0]].Append(Encoding.UTF8.GetString(rest.Slice(8, length)));
            rest = rest[(8 + length)..];
        }

        return (outputs[1].ToString(), outputs[2].ToString());
    }

    /// <summary>Reads plain bytes until the text has come.</summary>
    internal static async Task<string> ReadUntilAsync(this ShimStream stream, string text)
    {
        using var timeout = new CancellationTokenSource(Patience, TimeProvider.System);
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, timeout.Token);
            if (count == 0) throw new EndOfStreamException($"ended before '{text}' came: {seen}");
            seen.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return seen.ToString();
    }
}
