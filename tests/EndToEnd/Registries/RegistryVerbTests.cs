using System.Text;
using Boreal.Tests.TestKit;
using Boreal.Tests.TestKit.Images;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Registries;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.EndToEnd.Registries;

/// <summary><c>boreal registry ...</c>: serving, users, looking, removing and collecting, as a person would.</summary>
public sealed class RegistryVerbTests : IDisposable
{
    private const string Password = "s3cret";

    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory.File("data");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Registry_FromFirstPushToCollection_IsManagedByVerbs()
    {
        await using var registry = await BorealRegistry.StartInAsync(Data, "--gc-grace", "0", "--gc-interval", "0");
        using var raw = new RawRegistry(registry.Address);
        foreach (var (tag, content) in new[] { ("1", "one"), ("2", "two") })
            await new HandmadeImage().WithLayer(await SmallTar.OfAsync("file", content)).PushAsync(raw, "team/web", tag);
        var image = $"{registry.Address}/team/web";

        Assert.Equal("team/web", await BorealAsync("repos", registry.Address));
        Assert.Equal("1\n2", await BorealAsync("tags", image));
        Assert.Equal($"{image}:1", await BorealAsync("rm", $"{image}:1"));
        Assert.Equal("2", await BorealAsync("tags", image));

        var wouldGo = await BorealAsync("gc", "--dry-run", "--delete-untagged", registry.Address);
        Assert.Contains("Would remove 1 manifests", wouldGo, StringComparison.Ordinal);
        Assert.NotEmpty(await raw.ManifestAsync("team/web", "2"));
        Assert.Contains("Removed 1 manifests", await BorealAsync("gc", "--delete-untagged", registry.Address), StringComparison.Ordinal);
        Assert.Contains("Would remove 0 manifests", await BorealAsync("gc", "--dry-run", "--delete-untagged", registry.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_AddedWhileItServes_CloseTheRegistryToOthers()
    {
        await using var registry = await BorealRegistry.StartInAsync(Data, "--auth", "token");
        using (var raw = new RawRegistry(registry.Address))
            await new HandmadeImage().WithLayer(await SmallTar.OfAsync("file", "x")).PushAsync(raw, "team/web", "1");

        await Boreal("user", "add", "ann", "--right", "other/**:pull", "--data", Data).WithStdin(Password + "\n").OutputAsync();
        await Boreal("user", "add", "root", "--admin", "--data", Data).WithStdin(Password + "\n").OutputAsync();
        await Eventually.HoldsAsync(async () => (await Boreal("tags", $"{registry.Address}/team/web").RunAsync()).ExitCode != 0, "strangers are kept out");

        Assert.Equal("", await As("ann", registry.Address, "repos", registry.Address).OutputAsync());
        Assert.Contains("denied", (await As("ann", registry.Address, "tags", $"{registry.Address}/team/web").RunAsync()).Stderr, StringComparison.Ordinal);
        Assert.NotEqual(0, (await As("ann", registry.Address, "gc", registry.Address).RunAsync()).ExitCode);
        Assert.Equal("team/web", await As("root", registry.Address, "repos", registry.Address).OutputAsync());
        Assert.Contains("Total reclaimed space", await As("root", registry.Address, "gc", "--dry-run", registry.Address).OutputAsync(), StringComparison.Ordinal);

        await BorealAsync("user", "rm", "ann", "--data", Data);
        Assert.Equal("USER   RIGHTS\nroot   **:admin", await BorealAsync("user", "ls", "--data", Data));
    }

    [Fact]
    public async Task Serve_ByTheCommandLineProgram_IsBorealdInItsPlace()
    {
        var address = $"127.0.0.1:{FreePort.Find()}";
        await using var serving = Boreal("serve", "--addr", address, "--data", Data).Start();
        using var raw = new RawRegistry(address);
        await Eventually.HoldsAsync(() => serving.Stderr.Contains($"registry on http://{address}", StringComparison.Ordinal), "it serves");
        using var answer = await raw.SendAsync(HttpMethod.Get, "v2/");
        Assert.True(answer.IsSuccessStatusCode);
        Assert.EndsWith("/boreald", File.ResolveLinkTarget($"/proc/{serving.Pid}/exe", returnFinalTarget: false)?.FullName ?? "", StringComparison.Ordinal);

        await ProcessList.SignalAsync(serving.Pid, "TERM");
        Assert.Equal(0, (await serving.FinishAsync(Eventually.Patience)).ExitCode);
    }

    [Fact]
    public async Task Serve_WhatCannotBe_SaysWhy()
    {
        await using var registry = await BorealRegistry.StartInAsync(Data);
        var sameData = await Boreal("serve", "--addr", "127.0.0.1:0", "--data", Data).RunAsync();
        var sameAddress = await Boreal("serve", "--addr", registry.Address, "--data", _directory.File("other")).RunAsync();
        var noUsers = await Boreal("serve", "--addr", "127.0.0.1:0", "--data", _directory.File("third"), "--htpasswd", _directory.File("missing")).RunAsync();
        Assert.Contains("another registry uses", sameData.Stderr, StringComparison.Ordinal);
        Assert.Contains("address already in use", sameAddress.Stderr, StringComparison.Ordinal);
        Assert.Contains(_directory.File("missing"), noUsers.Stderr, StringComparison.Ordinal);
        Assert.Equal([1, 1, 1], [sameData.ExitCode, sameAddress.ExitCode, noUsers.ExitCode]);
    }

    private static Task<string> BorealAsync(params string[] words) => Boreal(words).OutputAsync();

    private static Command Boreal(params string[] words) => Command.Of(Repository.Binary("boreal"), ["registry", .. words]);

    /// <summary>With the account that <c>boreal login</c> would have kept.</summary>
    private Command As(string user, string registry, params string[] words)
    {
        var folder = Directory.CreateDirectory(_directory.File(user)).FullName;
        var account = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Password}"));
        File.WriteAllText(Path.Combine(folder, "config.json"), $$"""{"auths": {"{{registry}}": {"auth": "{{account}}"} } }""");
        return Boreal(words).WithVariable("DOCKER_CONFIG", folder);
    }
}
