using System.Text.Json.Serialization;
using Boreal.Engine.State;

namespace Boreal.Tests.Unit.State;

public sealed class DatabaseTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("boreal-db").FullName;

    private string File => Path.Combine(_directory, "boreal.db");

    [Fact]
    public void Put_ThenReopen_IsThere()
    {
        using (var database = Database.Open(File))
        {
            var table = database.Table("rows", DatabaseTestsJson.Default.Row);
            table.Put("b", new Row("second"));
            table.Put("a", new Row("first"));
            table.Put("a", new Row("changed"));
            table.Put("c", new Row("gone"));
            table.Delete("c");
        }

        using var reopened = Database.Open(File);
        var rows = reopened.Table("rows", DatabaseTestsJson.Default.Row).Load();
        Assert.Equal([("a", "changed"), ("b", "second")], rows.Select(row => (row.Key, row.Value.Text)));
    }

    [Fact]
    public void Transaction_ThatThrows_KeepsNothing()
    {
        using var database = Database.Open(File);
        var table = database.Table("rows", DatabaseTestsJson.Default.Row);
        table.Put("kept", new Row("before"));
        Assert.Throws<InvalidOperationException>(() => database.Transaction(() =>
        {
            table.Put("kept", new Row("after"));
            table.Put("new", new Row("x"));
            throw new InvalidOperationException("stop here");
        }));
        Assert.Equal([("kept", "before")], table.Load().Select(row => (row.Key, row.Value.Text)));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    internal sealed record Row(string Text);
}

[JsonSerializable(typeof(DatabaseTests.Row))]
internal sealed partial class DatabaseTestsJson : JsonSerializerContext;
