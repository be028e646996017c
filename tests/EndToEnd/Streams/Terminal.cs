using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;

namespace Boreal.Tests.EndToEnd.Streams;

/// <summary>A terminal with somebody at it: runs an expect script in which <c>docker</c> is the stock CLI.</summary>
internal static class Terminal
{
    // A dialogue that hangs or ends early says so, with what was seen until then in the output.
    private const string Prologue = """
        set timeout 20
        proc see {pattern} { expect $pattern {} timeout { puts "\nNOTHING CAME"; exit 99 } eof { puts "\nIT ENDED"; exit 98 } }
        proc ends {} { expect eof {} timeout { puts "\nIT DID NOT END"; exit 97 } }

        """;

    public static async Task<CommandResult> PlayAsync(DockerCli docker, string dialogue)
    {
        Requirements.Program("expect", "expect");
        return await docker.Shell("exec expect -").WithStdin(Prologue + dialogue + "\nends\nexit [lindex [wait] 3]\n").RunAsync();
    }
}
