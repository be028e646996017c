using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Boreal.Linux.Files;

/// <summary>Hands a path to the kernel as the bytes <see cref="PathText"/> says, zero-terminated.</summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedIn, typeof(In))]
internal static unsafe class PathTextMarshaller
{
    internal ref struct In
    {
        private byte* _memory;
        private bool _allocated;

        public static int BufferSize => 512;

        public void FromManaged(string? path, Span<byte> buffer)
        {
            _allocated = false;
            _memory = null;
            if (path is null)
                return;
            if (path.Contains('\0'))
                throw new ArgumentException("a path can't contain a zero byte", nameof(path));

            var needed = PathText.MaxBytes(path) + 1;
            if (needed > buffer.Length)
            {
                _memory = (byte*)NativeMemory.Alloc((nuint)needed);
                _allocated = true;
                buffer = new Span<byte>(_memory, needed);
            }
            else
            {
                // The generated caller hands a stack buffer, which does not move.
                _memory = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));
            }

            buffer[PathText.Encode(path, buffer)] = 0;
        }

        public readonly byte* ToUnmanaged() => _memory;

        public readonly void Free()
        {
            if (_allocated)
                NativeMemory.Free(_memory);
        }
    }
}
