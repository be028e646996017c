namespace Boreal.Tests.Linux.Runtime;

public sealed class SeccompProgramTests
{
    [Fact]
    public async Task Program_OfTheDefaultProfile_IsWhatTheRuntimeCompiles()
    {
        await using var compiling = await RunningBundle.StartAsync(spec => spec, "sleep", "100");
        await using var loading = await RunningBundle.StartWithProgramAsync("sleep", "100");

        Assert.NotEmpty(compiling.LoadedFilter);
        Assert.Equal(compiling.LoadedFilter, loading.LoadedFilter);
        Assert.Equal("2", loading.Status("Seccomp"));
        Assert.Equal(1, (await loading.ExecAsync("unshare", "-m", "true")).ExitCode);
    }
}
