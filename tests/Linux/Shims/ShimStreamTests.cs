using System.Security.Cryptography;
using System.Text;
using Boreal.Engine.Logs;
using Boreal.Engine.Shims;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.Linux.Shims;

public sealed class ShimStreamTests
{
    private static readonly ShimAttach Everything = new(Stdin: true, Stdout: true, Stderr: true);
    private static readonly ShimAttach Outputs = new(Stdin: false, Stdout: true, Stderr: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cat_Of200Megabytes_LosesNothing()
    {
        await using var sandbox = new ShimSandbox();
        var launch = sandbox.Launch("cat");
        await using var shim = await sandbox.Launcher.SpawnAsync(launch with { OpenStdin = true, StdinOnce = true, Log = launch.Log with { Driver = "none" } }, Token);
        await using var client = await shim.AttachAsync(Everything, Token);
        await shim.StartAsync(Token);
        var sent = SendAsync(client, 200);
        var received = await HashOutputAsync(client);

        Assert.Equal(await sent, received);
        Assert.Equal(0, (await shim.Exited.WaitAsync(Eventually.Patience, Token)).Code);
        await shim.ReleaseAsync(Token);
    }

    [Fact]
    public async Task Output_WithReaderThatStopped_GoesOnForOthersAndLog()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' 'x'; echo; echo end"), Token);
        await using var stuck = await shim.AttachAsync(Outputs, Token);
        await using var client = await shim.AttachAsync(Outputs, Token);
        await shim.StartAsync(Token);
        var (stdout, _) = await client.ReadFramesAsync();

        Assert.Equal(3000000 + 5, stdout.Length);
        var exit = await shim.Exited.WaitAsync(Eventually.Patience, Token);
        Assert.Equal(0, exit.Code);
        Assert.EndsWith("{\"log\":\"end\\n\"", (await File.ReadAllLinesAsync(sandbox.LogPath, Token))[^1].Split(",\"stream\"")[0], StringComparison.Ordinal);
        await shim.ReleaseAsync(Token);
    }

    [Fact]
    public async Task Exit_OfContainerWithReader_IsToldWhenTheOutputHasBeenRead()
    {
        await using var sandbox = new ShimSandbox(new ClockWithoutTimers());
        var launch = sandbox.Launch("echo", "last words");
        await using var shim = await sandbox.Launcher.SpawnAsync(launch, Token);
        await using var client = await shim.AttachAsync(Outputs, Token);
        await shim.StartAsync(Token);
        await Eventually.HoldsAsync(() => ExitRecord.TryRead(launch.ExitRecordPath) is not null, "the shim has told the exit");

        Assert.False(shim.Exited.IsCompleted);
        Assert.Equal(("last words\n", ""), await client.ReadFramesAsync());
        Assert.Equal(0, (await shim.Exited.WaitAsync(Eventually.Patience, Token)).Code);
        await shim.ReleaseAsync(Token);
    }

    [Fact]
    public async Task Attach_TwiceToTerminal_ShowsBothTheSame()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.LaunchTerminal("sh"), Token);
        await using var first = await shim.AttachAsync(Everything, Token);
        await using var second = await shim.AttachAsync(Everything, Token);
        await shim.StartAsync(Token);
        await second.WriteAsync("echo m''et\n"u8.ToArray(), Token);

        await first.ReadUntilAsync("met\r\n");
        await second.ReadUntilAsync("met\r\n");
    }

    [Fact]
    public async Task Attach_EndedAndRepeated_LeavesStdinOpen()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("cat") with { OpenStdin = true }, Token);
        await using (var first = await shim.AttachAsync(Everything, Token))
        {
            await shim.StartAsync(Token);
            await first.WriteAsync("one\n"u8.ToArray(), Token);
            await first.ReadUntilAsync("one\n");
            first.CloseWrite();
        }

        await using var second = await shim.AttachAsync(Everything, Token);
        await second.WriteAsync("two\n"u8.ToArray(), Token);
        await second.ReadUntilAsync("two\n");
        await shim.CloseStdinAsync(Token);
        Assert.Equal(0, (await shim.Exited.WaitAsync(Eventually.Patience, Token)).Code);
        await shim.ReleaseAsync(Token);
    }

    [Fact]
    public async Task Log_WhenFull_RotatesAndKeepsItsFiles()
    {
        await using var sandbox = new ShimSandbox();
        var launch = sandbox.Launch("sh", "-c", "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done");
        await using var shim = await sandbox.Launcher.SpawnAsync(launch with { Log = launch.Log with { MaxBytes = 20_000, MaxFiles = 3 } }, Token);
        await shim.StartAsync(Token);
        await shim.Exited.WaitAsync(Eventually.Patience, Token);
        await shim.ReleaseAsync(Token);

        Assert.False(File.Exists(sandbox.LogPath + ".3"));
        Assert.All(["", ".1", ".2"], generation => Assert.InRange(new FileInfo(sandbox.LogPath + generation).Length, 1, 20_200));
        Assert.Contains("line 1999\\n", (await File.ReadAllLinesAsync(sandbox.LogPath, Token))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OfLongLine_IsSplitAs16KibibyteParts()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sh", "-c", "head -c 20000 /dev/zero | tr '\\0' 'x'; echo; printf rest"), Token);
        await shim.StartAsync(Token);
        await shim.Exited.WaitAsync(Eventually.Patience, Token);
        await shim.ReleaseAsync(Token);

        var lines = await File.ReadAllLinesAsync(sandbox.LogPath, Token);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("{\"log\":\"" + new string('x', 16384) + "\",\"stream\"", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("{\"log\":\"" + new string('x', 20000 - 16384) + "\\n\",\"stream\"", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("{\"log\":\"rest\",\"stream\"", lines[2], StringComparison.Ordinal);
        Assert.Equal(lines[0].Split("\"time\"")[1], lines[1].Split("\"time\"")[1]);
    }

    [Theory]
    [InlineData("local", 0)]
    [InlineData("json-file", 1 << 20)]
    [InlineData("local", 1 << 20)]
    public async Task Log_OfOtherKinds_ReadsBackWhole(string driver, int ringBytes)
    {
        await using var sandbox = new ShimSandbox();
        var launch = sandbox.Launch("sh", "-c", "i=0; while [ $i -lt 300 ]; do echo line $i; i=$((i+1)); done; printf end");
        var target = launch.Log with { Driver = driver, Path = LogFiles.Of(driver, sandbox.LogPath).Path, RingBytes = ringBytes };
        await using var shim = await sandbox.Launcher.SpawnAsync(launch with { Log = target }, Token);
        await shim.StartAsync(Token);
        await shim.Exited.WaitAsync(Eventually.Patience, Token);
        await shim.ReleaseAsync(Token);

        var lines = new List<string>();
        var query = new LogQuery { Stdout = true, Stderr = true, Tail = 201 };
        await foreach (var entry in new LogReader(new LogChanges(), TimeProvider.System).ReadAsync(LogFiles.Of(driver, sandbox.LogPath), query, CancellationToken.None, Token))
            lines.Add(Encoding.ASCII.GetString(entry.Line.Span));
        Assert.Equal([.. Enumerable.Range(100, 200).Select(number => $"line {number}\n"), "end"], lines);
    }

    [Fact]
    public async Task Exit_WithProcessesThatHoldTheOutput_IsToldAnyway()
    {
        await using var sandbox = new ShimSandbox();
        await using var shim = await sandbox.Launcher.SpawnAsync(sandbox.Launch("sh", "-c", "sleep 100 & exit 3"), Token);
        await shim.StartAsync(Token);

        Assert.Equal(3, (await shim.Exited.WaitAsync(Eventually.Patience, Token)).Code);
        await Eventually.HoldsAsync(() => !Directory.EnumerateFileSystemEntries(sandbox.RuntimeRoot).Any(), "the runtime's traces are gone");
        await shim.ReleaseAsync(Token);
    }

    private static async Task<string> SendAsync(ShimStream client, int megabytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[1 << 20];
        for (var i = 0; i < megabytes; i++)
        {
            new Random(i).NextBytes(block);
            hash.AppendData(block);
            await client.WriteAsync(block, Token);
        }

        client.CloseWrite();
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static async Task<string> HashOutputAsync(ShimStream client)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var header = new byte[8];
        var data = new byte[64 * 1024];
        while (await client.ReadAtLeastAsync(header, 8, throwOnEndOfStream: false, Token) == 8)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
            await client.ReadExactlyAsync(data.AsMemory(0, length), Token);
            hash.AppendData(data, 0, length);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
