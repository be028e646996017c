using System.Runtime.InteropServices;

namespace Boreal.Linux.Compression;

/// <summary>The .bz2 format by libbz2; files after one another are one, as bzip2(1) has it.</summary>
internal sealed unsafe partial class Bzip2Decoder : NativeDecoder
{
    private const int StructureBytes = 80;
    private const int Ok = 0;
    private const int StreamEnd = 4;

    private bool _isBetween;

    public Bzip2Decoder()
        : base(StructureBytes) => Begin();

    private Stream* Structure => (Stream*)handle;

    public override bool Decode(ref ReadOnlySpan<byte> input, ref Span<byte> output, bool isLast)
    {
        if (_isBetween)
        {
            if (input.IsEmpty) return isLast;
            _ = Native.BZ2_bzDecompressEnd(Structure);
            Begin();
        }

        var (inputLength, outputLength) = (input.Length, output.Length);
        fixed (byte* from = input)
        fixed (byte* to = output)
        {
            Structure->NextIn = from;
            Structure->AvailableIn = (uint)input.Length;
            Structure->NextOut = to;
            Structure->AvailableOut = (uint)output.Length;
            var result = Native.BZ2_bzDecompress(Structure);
            input = input[^(int)Structure->AvailableIn..];
            output = output[^(int)Structure->AvailableOut..];
            if (result is not (Ok or StreamEnd)) throw new InvalidDataException($"bzip2: compressed data is corrupt (error {result})");
            _isBetween = result == StreamEnd;
        }

        if (_isBetween) return isLast && input.IsEmpty;
        if (isLast && input.Length == inputLength && output.Length == outputLength) throw new InvalidDataException("bzip2: unexpected end of input");
        return false;
    }

    protected override void End() => _ = Native.BZ2_bzDecompressEnd(Structure);

    private void Begin()
    {
        _isBetween = false;
        NativeMemory.Clear(Structure, StructureBytes);
        var result = Native.BZ2_bzDecompressInit(Structure, verbosity: 0, small: 0);
        if (result != Ok) throw new InvalidOperationException($"BZ2_bzDecompressInit: error {result}");
    }

    [StructLayout(LayoutKind.Sequential, Size = StructureBytes)]
    private struct Stream
    {
        internal byte* NextIn;
        internal uint AvailableIn;
        internal ulong TotalIn;
        internal byte* NextOut;
        internal uint AvailableOut;
    }

    private static partial class Native
    {
        private const string Library = "libbz2.so.1.0";

        [LibraryImport(Library)]
        internal static partial int BZ2_bzDecompressInit(Stream* stream, int verbosity, int small);

        [LibraryImport(Library)]
        internal static partial int BZ2_bzDecompress(Stream* stream);

        [LibraryImport(Library)]
        internal static partial int BZ2_bzDecompressEnd(Stream* stream);
    }
}
