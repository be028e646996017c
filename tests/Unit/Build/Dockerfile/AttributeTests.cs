using Boreal.Build.Dockerfile.Attributes;
using Boreal.Build.Graph;

namespace Boreal.Tests.Unit.Build.Dockerfile;

public sealed class AttributeTests
{
    private static readonly BuildPlatform Here = new("linux", "amd64");

    [Fact]
    public void Read_ForSeveralPlatforms_GivesOptionsForEach()
    {
        var options = FrontendAttributes.Read(new Dictionary<string, string> { ["platform"] = "linux/amd64,linux/arm64/v8" }, Here);
        Assert.Equal(["linux/amd64 True", "linux/arm64 True"], options.Select(option => $"{option.TargetPlatform} {option.IsMultiPlatform}"));
    }

    [Fact]
    public void Read_OfNothing_IsForTheBuildsOwnPlatform()
    {
        var options = Assert.Single(FrontendAttributes.Read(new Dictionary<string, string>(), Here));
        Assert.Equal((null, false, null), (options.TargetPlatform, options.IsMultiPlatform, options.StagesWithoutCache));
    }

    [Fact]
    public void Read_OfLimits_GivesThem()
    {
        var attributes = new Dictionary<string, string>
        {
            ["memory"] = "1024", ["memswap"] = "-1", ["cpushares"] = "2", ["cpuperiod"] = "3", ["cpuquota"] = "4", ["cpusetcpus"] = "0-3,5", ["cpusetmems"] = "0",
            ["ulimit"] = "nofile=1:2", ["cgroup-parent"] = "/p",
        };
        var limits = FrontendAttributes.Read(attributes, Here).Single().Limits;
        Assert.Equal((1024, -1, 2UL, 3UL, 4, "0-3,5", "0", "/p"), (limits.Memory, limits.MemorySwap, limits.CpuShares, limits.CpuPeriod, limits.CpuQuota, limits.CpusetCpus, limits.CpusetMems, limits.CgroupParent));
        Assert.Equal(new ResourceLimit("nofile", 1, 2), Assert.Single(limits.Ulimits));
    }

    [Theory]
    [InlineData("memory", "0", "invalid memory value: 0: must be > 0")]
    [InlineData("memswap", "-2", "invalid memswap value: -2: must be -1 (unlimited) or > 0")]
    [InlineData("cpusetcpus", "3-1", "invalid cpusetcpus value: 3-1: invalid cpuset range \"3-1\"")]
    [InlineData("cpusetcpus", "9999", "invalid cpusetcpus value: 9999: cpuset element \"9999\" exceeds maximum 8192")]
    [InlineData("force-network-mode", "x", "invalid netmode x")]
    [InlineData("image-resolve-mode", "x", "invalid image-resolve-mode: x")]
    [InlineData("multi-platform", "x", "invalid boolean value for multi-platform: x")]
    public void Read_OfAWrongValue_SaysWhatBuildKitSays(string name, string value, string message) =>
        Assert.EndsWith(message, Assert.Throws<FormatException>(() => FrontendAttributes.Read(new Dictionary<string, string> { [name] = value }, Here)).Message);

    [Fact]
    public void ReadContext_OfNothing_IsTheClientsFolder()
    {
        var context = ContextAttributes.Read(new Dictionary<string, string>());
        Assert.Null(context.MainContext(isArchive: false));
        Assert.Equal(["Dockerfile", "Dockerfile.dockerignore", "dockerfile"], context.Definition.FollowedPaths);
    }

    [Fact]
    public void ReadContext_OfAnotherFile_AsksForItsIgnoreFile()
    {
        var context = ContextAttributes.Read(new Dictionary<string, string> { ["filename"] = "build/app.Dockerfile", ["dockerfilekey"] = "defs" });
        Assert.Equal(("defs", true), (context.Definition.Name, context.HasOwnDefinition));
        Assert.Equal(["build/app.Dockerfile", "build/app.Dockerfile.dockerignore"], context.Definition.FollowedPaths);
    }

    [Fact]
    public void ReadContext_OfARepository_IsACheckoutOfItsFolder()
    {
        var attributes = new Dictionary<string, string> { ["context"] = "https://example.com/a.git#main:sub", ["build-arg:BUILDKIT_CONTEXT_KEEP_GIT_DIR"] = "1" };
        var git = Assert.IsType<GitOperation>(ContextAttributes.Read(attributes).MainContext(isArchive: false));
        Assert.Equal(("main", "sub", true), (git.Repository.Ref, git.Repository.Folder, git.KeepsGitFolder));
    }

    [Fact]
    public void ReadContext_OfAnArchive_IsWhatIsInItsFolder()
    {
        var attributes = new Dictionary<string, string> { ["context"] = "https://example.com/a.tar.gz", ["contextsubdir"] = "sub" };
        var lines = PlanText.Render(ContextAttributes.Read(attributes).MainContext(isArchive: true));
        Assert.Equal(
            [
                "0 source https://example.com/a.tar.gz http.filename=context # [internal] load remote build context",
                "1 file | copy 0.0:/context to / on scratch unpack # copy /context /",
                "2 file | copy 1.0:/sub to / on scratch links # copy /sub /",
            ],
            lines);
    }
}
