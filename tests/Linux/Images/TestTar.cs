using System.Text;
using Boreal.Oci.Tar;

namespace Boreal.Tests.Linux.Images;

/// <summary>Builds small archives entry by entry.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "a MemoryStream owns nothing that disposal frees")]
internal sealed class TestTar
{
    private readonly MemoryStream _stream = new();
    private readonly TarWriter _writer;

    public TestTar() => _writer = new TarWriter(_stream);

    public static TarTime Time { get; } = new(1_500_000_000, 0);

    public TestTar File(string name, string content = "x", uint mode = 0x1A4, long uid = 0, params (string Key, byte[] Value)[] attributes)
    {
        _writer.Write(Entry(name, TarKind.Regular, mode) with { Uid = uid, Gid = uid, ExtendedAttributes = [.. attributes.Select(pair => new KeyValuePair<string, ReadOnlyMemory<byte>>(pair.Key, pair.Value))] }, Encoding.UTF8.GetBytes(content));
        return this;
    }

    public TestTar Folder(string name, uint mode = 0x1ED, long uid = 0) => Add(Entry(name + "/", TarKind.Directory, mode) with { Uid = uid, Gid = uid });

    public TestTar Symlink(string name, string target) => Add(Entry(name, TarKind.SymbolicLink, 0x1FF) with { LinkName = Encoding.UTF8.GetBytes(target) });

    public TestTar HardLink(string name, string target) => Add(Entry(name, TarKind.HardLink, 0x1A4) with { LinkName = Encoding.UTF8.GetBytes(target) });

    public TestTar Device(string name, uint major, uint minor) => Add(Entry(name, TarKind.CharacterDevice, 0x1B6) with { DeviceMajor = major, DeviceMinor = minor });

    public TestTar Fifo(string name) => Add(Entry(name, TarKind.Fifo, 0x1A4));

    public byte[] Build()
    {
        _writer.End();
        return _stream.ToArray();
    }

    private TestTar Add(TarEntry entry)
    {
        _writer.Begin(entry);
        return this;
    }

    private static TarEntry Entry(string name, TarKind kind, uint mode) =>
        new() { Name = Encoding.UTF8.GetBytes(name), Kind = kind, Permissions = mode, Modified = Time };
}
