"""What is closed of the witnesses' forms, and sums of votes that need more than 32 bits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("count", "0001_initial")]

    operations = [
        migrations.AddField("stationstate", "open", models.JSONField(null=True)),
        migrations.AddField("summary", "open", models.JSONField(null=True)),
        migrations.AddField("storedfinding", "closed", models.BooleanField(default=False)),
        migrations.AlterField("stationstate", "votes_touched", models.BigIntegerField()),
        migrations.AlterField("stationstate", "bound", models.BigIntegerField()),
        migrations.AlterField("summary", "votes_touched", models.BigIntegerField()),
    ]
