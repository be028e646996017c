using System.Runtime.InteropServices;

namespace Boreal.Linux.Files;

/// <summary>A device file's identity and ownership.</summary>
/// <param name="Kind"><c>c</c>, <c>b</c>, <c>p</c> (FIFO) or zero for what is no device.</param>
/// <param name="Major">Major number.</param>
/// <param name="Minor">Minor number.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Uid">Owner.</param>
/// <param name="Gid">Group.</param>
public readonly partial record struct DeviceNode(char Kind, uint Major, uint Minor, uint Mode, uint Uid, uint Gid)
{
    private const int AtWorkingDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7ff;

    /// <summary>Looks at a path, see statx(2). Returns the error number, zero on success.</summary>
    public static unsafe int TryRead(string path, bool followLinks, out DeviceNode node)
    {
        node = default;
        Statx data;
        if (Native.statx(AtWorkingDirectory, path, followLinks ? 0 : NoFollow, BasicFields, &data) < 0) return Marshal.GetLastPInvokeError();
        var kind = (data.Mode & 0xF000) switch
        {
            0x2000 => 'c',
            0x6000 => 'b',
            0x1000 => 'p',
            _ => '\0',
        };
        node = new DeviceNode(kind, data.DeviceMajor, data.DeviceMinor, data.Mode & 0xFFFu, data.Uid, data.Gid);
        return 0;
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(20)]
        public uint Uid;

        [FieldOffset(24)]
        public uint Gid;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(128)]
        public uint DeviceMajor;

        [FieldOffset(132)]
        public uint DeviceMinor;
    }

    private static unsafe partial class Native
    {
        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        internal static partial int statx(int directory, string path, int flags, uint mask, Statx* data);
    }
}
