using System.Runtime.InteropServices;

namespace Boreal.Linux.Compression;

/// <summary>The .xz format by liblzma; files after one another are one, as xz(1) has it.</summary>
internal sealed unsafe partial class XzDecoder : NativeDecoder
{
    private const int StructureBytes = 136;
    private const uint Concatenated = 0x08;
    private const int Run = 0;
    private const int Finish = 3;
    private const int Ok = 0;
    private const int StreamEnd = 1;
    private const int MemoryLimit = 6;
    private const int BufferError = 10;

    // What xz -9 makes needs 65 MiB; a hostile file could ask for gigabytes.
    private const ulong MostMemory = 256 << 20;

    public XzDecoder()
        : base(StructureBytes)
    {
        var result = Native.lzma_stream_decoder(Structure, MostMemory, Concatenated);
        if (result != Ok) throw new InvalidOperationException($"lzma_stream_decoder: error {result}");
    }

    private Stream* Structure => (Stream*)handle;

    public override bool Decode(ref ReadOnlySpan<byte> input, ref Span<byte> output, bool isLast)
    {
        fixed (byte* from = input)
        fixed (byte* to = output)
        {
            Structure->NextIn = from;
            Structure->AvailableIn = (nuint)input.Length;
            Structure->NextOut = to;
            Structure->AvailableOut = (nuint)output.Length;
            var result = Native.lzma_code(Structure, isLast ? Finish : Run);
            input = input[^(int)Structure->AvailableIn..];
            output = output[^(int)Structure->AvailableOut..];
            return result switch
            {
                Ok => false,
                StreamEnd => true,
                BufferError when !isLast => false,
                BufferError => throw new InvalidDataException("xz: unexpected end of input"),
                MemoryLimit => throw new InvalidDataException($"xz: needs more than {MostMemory >> 20} MiB to be decompressed"),
                _ => throw new InvalidDataException($"xz: compressed data is corrupt (error {result})"),
            };
        }
    }

    protected override void End() => Native.lzma_end(Structure);

    [StructLayout(LayoutKind.Sequential, Size = StructureBytes)]
    private struct Stream
    {
        internal byte* NextIn;
        internal nuint AvailableIn;
        internal ulong TotalIn;
        internal byte* NextOut;
        internal nuint AvailableOut;
        internal ulong TotalOut;
    }

    private static partial class Native
    {
        private const string Library = "liblzma.so.5";

        [LibraryImport(Library)]
        internal static partial int lzma_stream_decoder(Stream* stream, ulong memoryLimit, uint flags);

        [LibraryImport(Library)]
        internal static partial int lzma_code(Stream* stream, int action);

        [LibraryImport(Library)]
        internal static partial void lzma_end(Stream* stream);
    }
}
