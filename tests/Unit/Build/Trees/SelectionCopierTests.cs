using Boreal.Build.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;

namespace Boreal.Tests.Unit.Build.Trees;

public sealed class SelectionCopierTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    public void Begin_NameThatLeadsElsewhere_IsRefused(string name)
    {
        using var folder = FileDescriptor.Open(Path.GetTempPath(), OpenAt.DirectoryOnly);
        using var copier = new SelectionCopier(new CopyRules());
        Assert.Throws<InvalidOperationException>(() => copier.Begin(folder, name));
    }
}
