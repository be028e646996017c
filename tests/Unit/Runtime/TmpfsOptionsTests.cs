using Boreal.Engine.Runtime.Mounts;

namespace Boreal.Tests.Unit.Runtime;

public sealed class TmpfsOptionsTests
{
    [Theory]
    [InlineData("", "noexec nosuid nodev rprivate")]
    [InlineData("defaults", "noexec nosuid nodev rprivate")]
    [InlineData("exec,size=1m,size=2m", "nosuid nodev rprivate exec size=2m")]
    [InlineData("ro,rw,shared", "noexec nosuid nodev rw shared")]
    public void Merge_OfContradictingOptions_KeepsTheLast(string options, string merged) => Assert.Equal(merged.Split(' '), TmpfsOptions.Merge(options));
}
