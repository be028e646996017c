using Boreal.Daemon.Configuration;
using Boreal.Daemon.Registries;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Daemon.Registries;

public sealed class UserVerbsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Users_AddedAndRemoved_AreListedWithTheirRights()
    {
        Run("add", "ann", "--no-password", "--right", "team/**:push,pull", "--right=own:admin");
        Run("add", "bob", "--no-password");
        Run("add", "eve", "--no-password", "--admin");
        Run("add", "anonymous", "--right", "pub/*:pull");
        Run("add", "bob", "--no-password", "--right", "x:pull");
        Run("rm", "eve");

        Assert.Equal(
            """
            USER        RIGHTS
            ann         team/**:pull,push own:admin
            bob         x:pull
            anonymous   pub/*:pull

            """, Run("ls"));
    }

    [Theory]
    [InlineData("rm", "nobody")]
    [InlineData("rm", "anonymous")]
    [InlineData("add", "a:b", "--no-password")]
    [InlineData("add", "ann", "--no-password", "--right", "everything")]
    [InlineData("add", "ann", "--right")]
    [InlineData("add", "ann", "--password", "x")]
    [InlineData("add")]
    [InlineData("show")]
    public void Users_WhatCannotBe_IsRefused(params string[] words) =>
        Assert.Throws<ConfigurationException>(() => Run(words));

    private string Run(params string[] words)
    {
        using var output = new StringWriter();
        Assert.Equal(0, UserVerbs.Run([.. words, $"--data={_folder.Path}"], output));
        return output.ToString();
    }
}
