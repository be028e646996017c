using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Engine.Errors;

namespace Boreal.Tests.Unit.Endpoints;

public sealed class ContainerNameTests
{
    [Theory]
    [InlineData("/web", "web")]
    [InlineData("a.b-c_1", "a.b-c_1")]
    public void Parse_OfAllowedName_StripsTheSlash(string text, string name) => Assert.Equal(name, ContainerName.Parse(text));

    [Theory]
    [InlineData("x")]
    [InlineData("_x")]
    [InlineData("a b")]
    [InlineData("ab\n")]
    public void Parse_OfForbiddenName_IsInvalid(string text) =>
        Assert.Equal(ErrorKind.Invalid, Assert.Throws<EngineException>(() => ContainerName.Parse(text)).Kind);

    [Fact]
    public void Choose_WhenAllIsTaken_FallsBack() => Assert.Equal("id", ContainerName.Choose(_ => true, "id"));

    [Fact]
    public void Choose_OfManyNames_AreAllAllowed() =>
        Assert.All(Enumerable.Range(0, 500), _ => Assert.NotEmpty(ContainerName.Parse(ContainerName.Choose(_ => false, "id"))));
}
