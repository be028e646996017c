using System.Text;
using Boreal.Engine.Errors;
using Boreal.Engine.Runtime.Processes;

namespace Boreal.Tests.Unit.Runtime;

public sealed class ProcessListingTests
{
    [Fact]
    public void Output_OfPs_KeepsTheContainersRowsAndJoinsTheCommand()
    {
        var listing = PsOutput.Parse("  PID USER COMMAND\n    1 root init\n   42 root sh -c  sleep 9\n    - -    -\n   43 web  x\n", [42]);

        Assert.Equal(["PID", "USER", "COMMAND"], listing.Titles);
        Assert.Equal(["42|root|sh -c sleep 9", "-|-|-"], listing.Processes.Select(row => string.Join('|', row)));
    }

    [Fact]
    public void Output_WithoutPid_IsRefused() =>
        Assert.Equal("Couldn't find PID field in ps output", Assert.Throws<EngineException>(() => PsOutput.Parse("COMMAND\nx\n", [1])).Message);

    [Fact]
    public void Status_OfNameWithParentheses_IsRead()
    {
        var stat = "42 (a) b (c)) S 7 42 42 34817 42 4194560 1 0 0 0 250 50 0 0 20 0 1 0 123456 1 1";

        var status = ProcessStatus.Parse(42, stat, 33, Encoding.UTF8.GetBytes("sh\0-c\0sleep 9\0"));

        Assert.Equal(new ProcessStatus(42, 7, 33, 34817, 3, 1234.56, "sh -c sleep 9"), status);
        Assert.Equal("[a) b (c)]", ProcessStatus.Parse(42, stat, 33, []).Command);
    }
}
