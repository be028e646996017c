using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Linux.Trees;

public sealed class SpreadFolderTests
{
    [Fact]
    public void Create_WhereTheFileSystemCan_HasTreesSpread()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("trees");
        SpreadFolder.Create(path);
        SpreadFolder.Create(path);

        using var folder = FileDescriptor.Open(path, OpenAt.DirectoryOnly);
        // Where such a flag is unknown the folder is one like any other.
        Assert.Equal(InodeFlags.TryAdd(folder, InodeFlags.TopFolder), (InodeFlags.TryGet(folder) & InodeFlags.TopFolder) is InodeFlags.TopFolder);
    }
}
