using System.Runtime.InteropServices;

namespace Boreal.Linux.Compression;

/// <summary>A decoder of one of the machine's compression libraries, with the state the library keeps for it.</summary>
internal abstract class NativeDecoder : SafeHandle
{
    /// <param name="size">Bytes of the library's structure, which stays where it is.</param>
    protected unsafe NativeDecoder(int size)
        : base(0, ownsHandle: true) => SetHandle((nint)NativeMemory.AllocZeroed((nuint)size));

    public sealed override bool IsInvalid => handle == 0;

    /// <summary>Moves <paramref name="input"/> and <paramref name="output"/> past what was read and written.</summary>
    /// <param name="input">What is there of the compressed bytes.</param>
    /// <param name="output">Room for plain ones.</param>
    /// <param name="isLast">No compressed bytes follow.</param>
    /// <returns>True when everything is decoded.</returns>
    /// <exception cref="InvalidDataException">The bytes are damaged, or end too early.</exception>
    public abstract bool Decode(ref ReadOnlySpan<byte> input, ref Span<byte> output, bool isLast);

    /// <summary>Gives the library back what it holds, but not the structure.</summary>
    protected abstract void End();

    protected sealed override unsafe bool ReleaseHandle()
    {
        End();
        NativeMemory.Free((void*)handle);
        return true;
    }
}
